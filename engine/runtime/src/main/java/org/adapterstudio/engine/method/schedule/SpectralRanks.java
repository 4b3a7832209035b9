package org.adapterstudio.engine.method.schedule;

import java.util.Arrays;

/**
 * LaMDA++: a layer whose spectrum is flat gets more rank. With e the share of the first r squared
 * singular values, a layer's rank is r (1 - e) / mean(1 - e), within bounds, rounded so that all
 * ranks together are r per layer.
 */
final class SpectralRanks {
  private SpectralRanks() {}

  /**
   * Ranks of all layers.
   *
   * @param energy e of each layer
   * @param rank r, the mean rank
   * @param least lowest rank of a layer
   * @param most highest rank of each layer
   */
  static int[] of(double[] energy, int rank, int least, int[] most) {
    double mean = Arrays.stream(energy).map(e -> 1 - e).average().orElse(1);
    int n = energy.length;
    double[] ideal = new double[n];
    int[] ranks = new int[n];
    for (int i = 0; i < n; i++) {
      ideal[i] = mean <= 0 ? rank : rank * (1 - energy[i]) / mean;
      ranks[i] = (int) Math.max(Math.min(least, most[i]), Math.min(most[i], Math.floor(ideal[i])));
    }
    for (int missing = rank * n - Arrays.stream(ranks).sum(); missing != 0; ) {
      int way = Integer.signum(missing);
      int next = furthest(ideal, ranks, way, least, most);
      if (next < 0) {
        return ranks; // the bounds leave no more, or no fewer
      }
      ranks[next] += way;
      missing -= way;
    }
    return ranks;
  }

  /** The layer that is furthest below (or above) its ideal and may move; the first of equals. */
  private static int furthest(double[] ideal, int[] ranks, int way, int least, int[] most) {
    int best = -1;
    for (int i = 0; i < ranks.length; i++) {
      boolean may = way > 0 ? ranks[i] < most[i] : ranks[i] > Math.min(least, most[i]);
      if (may && (best < 0 || way * (ideal[i] - ranks[i]) > way * (ideal[best] - ranks[best]))) {
        best = i;
      }
    }
    return best;
  }
}
