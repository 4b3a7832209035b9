package org.adapterstudio.engine.image;

import java.nio.ByteBuffer;
import org.adapterstudio.engine.image.ImageHeader.Malformed;

/** The chunks of a PNG file, walked without unpacking any (W3C PNG, third edition). */
final class PngParts {
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;
  private static final int GREYSCALE = 0;

  /** Most bytes that one byte of deflated data can stand for. */
  private static final long DEFLATE_RATIO = 1032;

  private PngParts() {}

  static ImageHeader header(ByteBuffer bytes) {
    if (bytes.limit() < 33 || bytes.getInt(8) != 13 || bytes.getInt(12) != IHDR) {
      throw new Malformed("its PNG header is cut short");
    }
    int width = bytes.getInt(16);
    int height = bytes.getInt(20);
    int depth = bytes.get(24);
    int colour = bytes.get(25);
    if (width <= 0 || height <= 0) {
      throw new Malformed("it declares no pixels");
    }
    if (depth == 16 && colour == GREYSCALE) {
      throw new Malformed("it is 16-bit greyscale, which the reference clips to white");
    }
    long row = ((long) width * depth * samples(colour) + 7) / 8;
    if (row > (packed(bytes) * DEFLATE_RATIO + 1024) / height) {
      throw new Malformed(
          "it declares %d x %d pixels, more than its data can hold".formatted(width, height));
    }
    return new ImageHeader("png", width, height, 1, false);
  }

  private static int samples(int colour) {
    return switch (colour) {
      case GREYSCALE, 3 -> 1;
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> throw new Malformed("its PNG colour type " + colour + " does not exist");
    };
  }

  /** Bytes of packed pixels, once the last chunk was reached. */
  private static long packed(ByteBuffer bytes) {
    long at = 8;
    long packed = 0;
    while (at + 12 <= bytes.limit()) {
      long length = bytes.getInt((int) at) & 0xffffffffL;
      int type = bytes.getInt((int) at + 4);
      if (type == IEND) {
        return packed;
      }
      packed += type == IDAT ? length : 0;
      at += 12 + length;
    }
    throw new Malformed("it is cut short");
  }
}
