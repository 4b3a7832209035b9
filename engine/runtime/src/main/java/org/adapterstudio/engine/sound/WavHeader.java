package org.adapterstudio.engine.sound;

import java.nio.ByteBuffer;
import org.adapterstudio.engine.sound.WavFile.Malformed;

/**
 * The chunks of a WAV file (Microsoft RIFF), walked without reading a sample.
 *
 * @param real whether samples are floating-point numbers, else whole ones
 * @param channels side by side in each frame
 * @param rate frames a second
 * @param width bytes of one sample
 * @param start first byte of the sound
 * @param frames that are there
 */
record WavHeader(boolean real, int channels, int rate, int width, int start, long frames) {
  private static final int RIFF = 0x46464952;
  private static final int WAVE = 0x45564157;
  private static final int FMT = 0x20746d66;
  private static final int DATA = 0x61746164;

  /** Format tags of RFC 2361, appendix A. */
  private static final int PCM = 1;

  private static final int IEEE_FLOAT = 3;
  private static final int EXTENSIBLE = 0xfffe;

  private static final int MOST_CHANNELS = 64;
  private static final long UNKNOWN_LENGTH = 0xffffffffL;

  /** Parses little-endian bytes. */
  static WavHeader parse(ByteBuffer bytes) {
    if (bytes.limit() < 12 || bytes.getInt(0) != RIFF || bytes.getInt(8) != WAVE) {
      throw new Malformed("it is not a WAV file" + kind(bytes));
    }
    WavHeader format = null;
    long at = 12;
    while (at + 8 <= bytes.limit()) {
      int name = bytes.getInt((int) at);
      long length = bytes.getInt((int) at + 4) & 0xffffffffL;
      if (name == DATA) {
        if (format == null) {
          throw new Malformed("its sound comes before its format");
        }
        return format.holding(bytes, (int) at + 8, length);
      }
      if (name == FMT) {
        format = format(bytes, (int) at + 8, length);
      }
      at += 8 + length + (length & 1);
    }
    throw new Malformed("it is cut short before its sound");
  }

  private static String kind(ByteBuffer bytes) {
    if (bytes.limit() < 4) {
      return "";
    }
    return switch (bytes.getInt(0)) {
      case 0x43614c66 -> " but FLAC";
      case 0x5367674f -> " but Ogg";
      case 0x34364652 -> " but RF64";
      default -> (bytes.getInt(0) & 0xffffff) == 0x334449 ? " but MP3" : "";
    };
  }

  private static WavHeader format(ByteBuffer bytes, int at, long length) {
    if (length < 16 || at + length > bytes.limit()) {
      throw new Malformed("its format is cut short");
    }
    int tag = bytes.getShort(at) & 0xffff;
    if (tag == EXTENSIBLE && length >= 40) {
      tag = bytes.getShort(at + 24) & 0xffff;
    }
    int channels = bytes.getShort(at + 2) & 0xffff;
    int rate = bytes.getInt(at + 4);
    int bits = bytes.getShort(at + 14) & 0xffff;
    boolean real = tag == IEEE_FLOAT;
    boolean known = real ? bits == 32 || bits == 64 : bits % 8 == 0 && bits >= 8 && bits <= 32;
    if (tag != PCM && !real || !known) {
      throw new Malformed("it is coded in format %d with %d bits".formatted(tag, bits));
    }
    if (channels < 1 || channels > MOST_CHANNELS || rate < 1) {
      throw new Malformed("it has %d channels of %d samples a second".formatted(channels, rate));
    }
    if ((bytes.getShort(at + 12) & 0xffff) != channels * bits / 8) {
      throw new Malformed("its block size does not fit its channels");
    }
    return new WavHeader(real, channels, rate, bits / 8, 0, 0);
  }

  /**
   * A writer that does not know the end yet writes the largest length: then the file's end counts.
   */
  private WavHeader holding(ByteBuffer bytes, int at, long declared) {
    long there = bytes.limit() - at;
    if (declared > there && declared != UNKNOWN_LENGTH) {
      throw new Malformed("it is cut short: %d bytes of %d are there".formatted(there, declared));
    }
    long frames = Math.min(declared, there) / ((long) channels * width);
    if (frames == 0) {
      throw new Malformed("it holds no sound");
    }
    return new WavHeader(real, channels, rate, width, at, frames);
  }

  /** Length in seconds. */
  double seconds() {
    return (double) frames / rate;
  }
}
