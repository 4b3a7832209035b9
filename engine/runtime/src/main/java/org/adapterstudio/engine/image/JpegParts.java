package org.adapterstudio.engine.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.adapterstudio.engine.image.ImageHeader.Malformed;

/** The segments of a JPEG file before its pixels (ITU-T T.81, annex B; Exif 2.32, 4.6). */
final class JpegParts {
  /** More pixels than one byte can stand for: one bit codes at least one block of 8 x 8. */
  private static final long PIXELS_PER_BYTE = 1024;

  private static final int ORIENTATION = 0x0112;

  private final ByteBuffer bytes;
  private int width;
  private int height;
  private int orientation = 1;
  private boolean colourNamed;

  JpegParts(ByteBuffer bytes) {
    this.bytes = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
  }

  ImageHeader header() {
    int pixels = walk();
    if (width == 0 || height == 0) {
      throw new Malformed("it declares no pixels");
    }
    if ((long) width * height > bytes.limit() * PIXELS_PER_BYTE) {
      throw new Malformed(
          "it declares %d x %d pixels, more than its data can hold".formatted(width, height));
    }
    requireEnd(pixels);
    return new ImageHeader("jpeg", width, height, orientation, !colourNamed);
  }

  /** Goes from segment to segment; the answer is where the coded pixels start. */
  private int walk() {
    int at = 2;
    while (at + 4 <= bytes.limit()) {
      int marker = bytes.get(at + 1) & 0xff;
      if ((bytes.get(at) & 0xff) != 0xff) {
        throw new Malformed("its JPEG segments are damaged");
      }
      if (marker == 0xff) {
        at++; // a filling byte
        continue;
      }
      int length = bytes.getShort(at + 2) & 0xffff;
      if (length < 2 || at + 2 + length > bytes.limit()) {
        break;
      }
      segment(marker, at + 4, length - 2);
      at += 2 + length;
      if (marker == 0xda) {
        return at;
      }
    }
    throw new Malformed("it is cut short");
  }

  private void segment(int marker, int at, int length) {
    boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8;
    if (frame && marker != 0xcc) {
      frame(marker, at, length);
    } else if (marker == 0xe0 && starts(at, length, "JFIF") || marker == 0xee) {
      colourNamed |= marker == 0xe0 || starts(at, length, "Adobe");
    } else if (marker == 0xe1 && starts(at, length, "Exif\0\0")) {
      orientation = orientation(bytes.slice(at + 6, length - 6));
    }
  }

  private void frame(int marker, int at, int length) {
    if (marker > 0xc2) {
      throw new Malformed("it uses a lossless, hierarchical or arithmetic JPEG coding");
    }
    if (length < 6 || bytes.get(at) != 8) {
      throw new Malformed("it has not 8 bits a channel");
    }
    height = bytes.getShort(at + 1) & 0xffff;
    width = bytes.getShort(at + 3) & 0xffff;
    int components = bytes.get(at + 5);
    if (components != 1 && components != 3) {
      throw new Malformed("it has " + components + " channels (CMYK perhaps), not 1 or 3");
    }
    boolean letters = components == 3 && length >= 15 && bytes.get(at + 6) == 'R';
    colourNamed |= components == 1 || letters;
  }

  private boolean starts(int at, int length, String text) {
    if (length < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes.get(at + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The orientation of an Exif block, which is laid out as a TIFF file; 1 where it has none. */
  private static int orientation(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return 1;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = tiff.getInt(4) & 0xffffffffL;
    if (directory + 2 > tiff.limit()) {
      return 1;
    }
    int entries = tiff.getShort((int) directory) & 0xffff;
    for (int i = 0; i < entries && directory + 2 + 12L * (i + 1) <= tiff.limit(); i++) {
      int entry = (int) directory + 2 + 12 * i;
      if ((tiff.getShort(entry) & 0xffff) == ORIENTATION) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }

  /** A decoder fills what is missing with grey, so the end marker must be there. */
  private void requireEnd(int pixels) {
    for (int at = bytes.limit() - 2; at >= pixels; at--) {
      if ((bytes.get(at) & 0xff) == 0xff && (bytes.get(at + 1) & 0xff) == 0xd9) {
        return;
      }
    }
    throw new Malformed("it is cut short");
  }
}
