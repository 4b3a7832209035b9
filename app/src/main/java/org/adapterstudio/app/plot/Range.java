package org.adapterstudio.app.plot;

import java.util.Arrays;

/**
 * A closed interval of values that an axis shows.
 *
 * @param min lower end
 * @param max upper end, above min
 */
public record Range(double min, double max) {
  private static final int SAMPLE = 2048;
  private static final int FEW = 50;

  /** What an axis shows when there is nothing to show. */
  public static final Range UNIT = new Range(0, 1);

  /** Whether the value lies inside, ends included. */
  public boolean contains(double value) {
    return value >= min && value <= max;
  }

  /** Length of the interval. */
  public double length() {
    return max - min;
  }

  /** The smallest range that holds both. */
  public Range with(Range other) {
    return new Range(Math.min(min, other.min), Math.max(max, other.max));
  }

  /** A little air above and below; a single value gets a band around it. */
  public Range padded(boolean log) {
    if (log) {
      double air = Math.max(Math.log10(max / min) * 0.05, 0.02);
      return new Range(min / Math.pow(10, air), max * Math.pow(10, air));
    }
    double air = length() > 0 ? length() * 0.06 : Math.max(Math.abs(max) * 0.1, 1e-12);
    double low = min >= 0 && min - air < 0 ? 0 : min - air;
    return new Range(low, max + air);
  }

  /**
   * The range of a series' finite values, or null where it has none to show.
   *
   * @param positive only values above 0 count, as on a log axis
   * @param ignoreOutliers cuts values that lie further outside the 1st to 99th percentile than half
   *     the distance between them; never with fewer than 50 values
   */
  public static Range of(Series series, boolean positive, boolean ignoreOutliers) {
    return of(series, 0, series.size(), positive, ignoreOutliers);
  }

  /** The same for the points from {@code from} up to {@code to}. */
  static Range of(Series series, int from, int to, boolean positive, boolean ignoreOutliers) {
    Extremes found = series.extremes(from, to, positive);
    if (found.none()) {
      return null;
    }
    var whole = new Range(series.y(found.low()), series.y(found.high()));
    return ignoreOutliers ? whole.tolerant(sample(series, from, to, positive)) : whole;
  }

  private Range tolerant(double[] sample) {
    if (sample.length < FEW) {
      return this;
    }
    double low = sample[(int) (0.01 * (sample.length - 1))];
    double high = sample[(int) Math.ceil(0.99 * (sample.length - 1))];
    double slack = (high - low) / 2;
    return slack == 0 ? this : new Range(Math.max(min, low - slack), Math.min(max, high + slack));
  }

  /** At most {@link #SAMPLE} of the values, evenly taken, sorted. */
  private static double[] sample(Series series, int from, int to, boolean positive) {
    int stride = (to - from + SAMPLE - 1) / SAMPLE;
    double[] values = new double[Math.min(to - from, SAMPLE)];
    int n = 0;
    for (int i = from; i < to; i += stride) {
      double y = series.y(i);
      if (Double.isFinite(y) && (!positive || y > 0)) {
        values[n++] = y;
      }
    }
    double[] sample = Arrays.copyOf(values, n);
    Arrays.sort(sample);
    return sample;
  }
}
