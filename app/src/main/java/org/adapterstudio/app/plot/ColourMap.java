package org.adapterstudio.app.plot;

/** Viridis, by eight of its points: even in lightness, readable with every colour vision. */
final class ColourMap {
  private static final int[] POINTS = {
    0x440154, 0x46327e, 0x365c8d, 0x277f8e, 0x1fa187, 0x4ac16d, 0xa0da39, 0xfde725
  };

  private ColourMap() {}

  /** Colour of a share in [0, 1], as 0xRRGGBB; what lies outside takes the end's colour. */
  static int rgb(double share) {
    double at = Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1) * (POINTS.length - 1);
    int low = (int) Math.min(POINTS.length - 2, Math.floor(at));
    double part = at - low;
    return mix(16, low, part) << 16 | mix(8, low, part) << 8 | mix(0, low, part);
  }

  private static int mix(int shift, int low, double part) {
    int from = POINTS[low] >> shift & 255;
    int to = POINTS[low + 1] >> shift & 255;
    return (int) Math.round(from + (to - from) * part);
  }
}
