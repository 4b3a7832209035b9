package org.adapterstudio.engine.sound;

/**
 * Triangular filters evenly spaced on Slaney's mel scale from 0 to 8000 Hz, each of equal area
 * (librosa's {@code filters.mel} with its defaults).
 */
final class MelFilters {
  private static final double HIGHEST = 8000;
  private static final double LINEAR_TO = 1000;
  private static final double MELS_THERE = 15;
  private static final double LOG_STEP = Math.log(6.4) / 27;

  private final int[] first;
  private final double[][] weights;

  /**
   * Filters for the powers of a transform.
   *
   * @param bins frequencies from 0 to half the rate
   */
  MelFilters(int filters, int bins, int rate) {
    first = new int[filters];
    weights = new double[filters][];
    double[] corners = new double[filters + 2];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = hertz(mel(HIGHEST) * i / (filters + 1));
    }
    double width = (double) (rate / 2) / (bins - 1);
    for (int i = 0; i < filters; i++) {
      int from = Math.clamp((long) Math.floor(corners[i] / width), 0, bins);
      int to = Math.clamp((long) Math.ceil(corners[i + 2] / width) + 1, from, bins);
      first[i] = from;
      weights[i] = new double[to - from];
      for (int bin = from; bin < to; bin++) {
        weights[i][bin - from] = triangle(corners, i, bin * width);
      }
    }
  }

  private static double triangle(double[] corners, int i, double frequency) {
    double up = (frequency - corners[i]) / (corners[i + 1] - corners[i]);
    double down = (corners[i + 2] - frequency) / (corners[i + 2] - corners[i + 1]);
    return Math.max(0, Math.min(up, down)) * 2 / (corners[i + 2] - corners[i]);
  }

  private static double mel(double hertz) {
    return hertz < LINEAR_TO
        ? 3 * hertz / 200
        : MELS_THERE + Math.log(hertz / LINEAR_TO) / LOG_STEP;
  }

  private static double hertz(double mel) {
    return mel < MELS_THERE ? 200 * mel / 3 : LINEAR_TO * Math.exp(LOG_STEP * (mel - MELS_THERE));
  }

  int count() {
    return first.length;
  }

  /** What one filter lets through of the powers. */
  double through(int filter, double[] powers) {
    double sum = 0;
    for (int i = 0; i < weights[filter].length; i++) {
      sum += weights[filter][i] * powers[first[filter] + i];
    }
    return sum;
  }
}
