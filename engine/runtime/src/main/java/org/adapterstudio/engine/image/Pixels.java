package org.adapterstudio.engine.image;

/**
 * A picture as 8-bit samples, one whole plane after the other.
 *
 * @param width columns
 * @param height rows
 * @param channels 3 (red, green, blue) or 1 (luminance)
 * @param planes unsigned, [channels, height, width]
 */
public record Pixels(int width, int height, int channels, byte[] planes) {
  /** Most pixels of a picture, as stored or as resized. */
  static final long MOST = 64L << 20;

  /** A black picture. */
  static Pixels black(int width, int height, int channels) {
    return new Pixels(width, height, channels, new byte[channels * width * height]);
  }

  /** Index of the first sample of a row. */
  int row(int channel, int y) {
    return (channel * height + y) * width;
  }

  /** The same picture with its red, green and blue weighted to luminance, as Pillow does. */
  Pixels luminance() {
    if (channels == 1) {
      return this;
    }
    Pixels grey = black(width, height, 1);
    int size = width * height;
    for (int i = 0; i < size; i++) {
      int red = planes[i] & 0xff;
      int green = planes[size + i] & 0xff;
      int blue = planes[2 * size + i] & 0xff;
      // ITU-R 601 weights 0.299, 0.587, 0.114 in 1/65536, rounded.
      grey.planes[i] = (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
    }
    return grey;
  }
}
