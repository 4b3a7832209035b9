package org.adapterstudio.engine.sound;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiFunction;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;

/** WAV files of whole numbers (8, 16, 24, 32 bits) or floating-point ones (32, 64 bits). */
public final class WavFile {
  private WavFile() {}

  /** Checks a file without reading its sound; the answer is its length in seconds. */
  public static double check(Path file) {
    return mapped(file, (_, header) -> header.seconds());
  }

  /**
   * The sound of a file, its channels averaged to one.
   *
   * @param seconds what comes later is not read
   */
  public static Sound read(Path file, double seconds) {
    return mapped(
        file,
        (bytes, header) -> {
          long most = (long) Math.ceil(Math.min(seconds, header.seconds()) * header.rate());
          float[] samples = new float[(int) Math.min(header.frames(), most)];
          for (int i = 0; i < samples.length; i++) {
            samples[i] = frame(bytes, header, i);
          }
          return new Sound(samples, header.rate());
        });
  }

  private static float frame(ByteBuffer bytes, WavHeader header, int frame) {
    int at = header.start() + frame * header.channels() * header.width();
    double sum = 0;
    for (int channel = 0; channel < header.channels(); channel++) {
      sum += sample(bytes, header, at + channel * header.width());
    }
    float mean = (float) (sum / header.channels());
    if (!Float.isFinite(mean)) {
      throw new Malformed("sample " + frame + " is not a finite number");
    }
    return mean;
  }

  private static double sample(ByteBuffer bytes, WavHeader header, int at) {
    return switch (header.width()) {
      case 1 -> ((bytes.get(at) & 0xff) - 128) / 128.0; // the only width without a sign
      case 2 -> bytes.getShort(at) / 32768.0;
      case 3 -> ((bytes.getShort(at) & 0xffff) | bytes.get(at + 2) << 16) / 8388608.0;
      case 4 -> header.real() ? bytes.getFloat(at) : bytes.getInt(at) / 2147483648.0;
      default -> bytes.getDouble(at);
    };
  }

  private static <T> T mapped(Path file, BiFunction<ByteBuffer, WavHeader, T> use) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ);
        var arena = Arena.ofConfined()) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new Malformed("it is larger than 2 GiB");
      }
      var map = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      ByteBuffer bytes = map.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      return use.apply(bytes, WavHeader.parse(bytes));
    } catch (Malformed e) {
      throw StudioException.badInput(
          file + " is not a sound that can be read: " + e.getMessage() + ".",
          "Convert it, for example: ffmpeg -i sound -ar 16000 -ac 1 -c:a pcm_s16le sound.wav");
    } catch (IOException e) {
      String why = Files.exists(file) ? e.getMessage() : "there is no such file";
      throw new StudioException(
          Failure.badInput(
              file + " cannot be read: " + why + ".", "Check the path and its permissions."),
          e);
    }
  }

  /** Why bytes are no sound; caught where the file's name is known. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String why) {
      super(why, null, false, false);
    }
  }
}
