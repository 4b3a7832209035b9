package org.adapterstudio.engine.image;

/** Turns a picture upright as its Exif orientation says (Exif 2.32, tag 0x0112). */
final class Orientation {
  private Orientation() {}

  static Pixels upright(Pixels stored, int orientation) {
    if (orientation == 1) {
      return stored;
    }
    boolean turned = orientation >= 5;
    Pixels upright =
        Pixels.black(
            turned ? stored.height() : stored.width(),
            turned ? stored.width() : stored.height(),
            stored.channels());
    for (int c = 0; c < stored.channels(); c++) {
      for (int y = 0; y < upright.height(); y++) {
        int at = upright.row(c, y);
        for (int x = 0; x < upright.width(); x++) {
          upright.planes()[at + x] = stored.planes()[source(stored, orientation, c, x, y)];
        }
      }
    }
    return upright;
  }

  /** Index of the stored sample that is seen at column x, row y. */
  private static int source(Pixels stored, int orientation, int channel, int x, int y) {
    int right = stored.width() - 1;
    int bottom = stored.height() - 1;
    return switch (orientation) {
      case 2 -> stored.row(channel, y) + right - x;
      case 3 -> stored.row(channel, bottom - y) + right - x;
      case 4 -> stored.row(channel, bottom - y) + x;
      case 5 -> stored.row(channel, x) + y;
      case 6 -> stored.row(channel, bottom - x) + y;
      case 7 -> stored.row(channel, bottom - x) + right - y;
      case 8 -> stored.row(channel, x) + right - y;
      default -> throw new IllegalArgumentException("No orientation " + orientation);
    };
  }
}
