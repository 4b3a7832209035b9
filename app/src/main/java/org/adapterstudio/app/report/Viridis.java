package org.adapterstudio.app.report;

/** The viridis colour map: even in lightness and readable by the colour-blind. */
final class Viridis {
  private static final int[][] STOPS = {
    {68, 1, 84},
    {71, 44, 122},
    {59, 81, 139},
    {44, 113, 142},
    {33, 144, 141},
    {39, 173, 129},
    {92, 200, 99},
    {170, 220, 50},
    {253, 231, 37}
  };

  private Viridis() {}

  /** The colour of a share between 0 and 1 as #rrggbb. */
  static String colour(double share) {
    double at = Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1) * (STOPS.length - 1);
    int low = (int) Math.min(STOPS.length - 2, Math.floor(at));
    double rest = at - low;
    int[] rgb = new int[3];
    for (int i = 0; i < 3; i++) {
      rgb[i] = (int) Math.round(STOPS[low][i] + rest * (STOPS[low + 1][i] - STOPS[low][i]));
    }
    return "#%02x%02x%02x".formatted(rgb[0], rgb[1], rgb[2]);
  }
}
