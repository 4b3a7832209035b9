package org.adapterstudio.engine.image;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;

/**
 * What a picture file says of itself, checked without decoding it: a file that is no picture, is
 * cut short, or declares more pixels than its bytes can hold is refused before memory is taken for
 * it.
 *
 * @param format png or jpeg
 * @param width stored columns, before it is turned upright
 * @param height stored rows
 * @param orientation of the Exif block, 1 to 8; 1 is upright
 * @param unmarked a JPEG that does not say how its three colours are coded
 */
public record ImageHeader(String format, int width, int height, int orientation, boolean unmarked) {
  private static final long MOST_BYTES = 256L << 20;

  /** Reads and checks the header of a file; every refusal names the file. */
  public static ImageHeader read(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ);
        var arena = Arena.ofConfined()) {
      requireSize(file, channel.size());
      var map = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return of(file, map.asByteBuffer());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** The same of bytes already read. */
  static ImageHeader of(Path file, ByteBuffer bytes) {
    ImageHeader header;
    try {
      header = parse(bytes);
    } catch (Malformed e) {
      throw broken(file, e.getMessage());
    }
    if ((long) header.width * header.height > Pixels.MOST) {
      throw StudioException.badInput(
          "%s has %d x %d pixels; at most 64 million are read."
              .formatted(file, header.width, header.height),
          "Make it smaller: the model sees a few hundred pixels a side.");
    }
    return header;
  }

  private static ImageHeader parse(ByteBuffer bytes) {
    if (startsWith(bytes, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
      return PngParts.header(bytes);
    }
    if (startsWith(bytes, 0xff, 0xd8, 0xff)) {
      return new JpegParts(bytes).header();
    }
    throw new Malformed("it is neither PNG nor JPEG" + kind(bytes));
  }

  private static String kind(ByteBuffer bytes) {
    if (startsWith(bytes, 'R', 'I', 'F', 'F')) {
      return " but RIFF, perhaps WebP";
    }
    if (startsWith(bytes, 'G', 'I', 'F', '8')) {
      return " but GIF";
    }
    return startsWith(bytes, 'B', 'M') ? " but BMP" : "";
  }

  private static boolean startsWith(ByteBuffer bytes, int... signature) {
    if (bytes.limit() < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((bytes.get(i) & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  /** All bytes of a file that is small enough to be a picture. */
  static byte[] bytes(Path file) {
    try {
      requireSize(file, Files.size(file));
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void requireSize(Path file, long size) {
    if (size > MOST_BYTES) {
      throw StudioException.badInput(
          file + " is larger than 256 MiB, too large for a picture.", "Make it smaller.");
    }
    if (size == 0) {
      throw broken(file, "it is empty");
    }
  }

  private static StudioException unreadable(Path file, IOException cause) {
    String why = Files.exists(file) ? cause.getMessage() : "there is no such file";
    return new StudioException(
        Failure.badInput(
            file + " cannot be read: " + why + ".", "Check the path and its permissions."),
        cause);
  }

  /** A file that is no sound picture. */
  static StudioException broken(Path file, String why) {
    return StudioException.badInput(
        file + " is not a picture that can be read: " + why + ".",
        "Save it again as PNG or JPEG with 8 bits a channel, or take it out of the folder.");
  }

  /** Why bytes are no picture; caught where the file's name is known. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String why) {
      super(why, null, false, false);
    }
  }
}
