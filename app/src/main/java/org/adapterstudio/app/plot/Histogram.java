package org.adapterstudio.app.plot;

import java.util.List;

/**
 * Counts of whole values in equal bins from 0.
 *
 * @param width of a bin, at least 1
 * @param counts by bin
 */
record Histogram(int width, int[] counts) {

  /** At most so many bins over all values. */
  static Histogram of(List<Integer> values, int bins) {
    int max = values.stream().mapToInt(Integer::intValue).max().orElse(0);
    int width = Math.max(1, (max + bins) / bins);
    int[] counts = new int[max / width + 1];
    values.forEach(value -> counts[value / width]++);
    return new Histogram(width, values.isEmpty() ? new int[1] : counts);
  }

  /** Value at which the last bin ends. */
  int end() {
    return width * counts.length;
  }

  /** The fullest bin's count. */
  int most() {
    int most = 0;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    return most;
  }
}
