package org.adapterstudio.contract.arena;

import java.util.Arrays;

/**
 * A mean and where it lies with 95 % confidence, by Student's t.
 *
 * @param count of the values
 */
public record Interval(double mean, double low, double high, int count) {
  /** 97.5 % points of Student's t for 1 to 30 degrees of freedom. */
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  /** Of at least two values. */
  public static Interval of(double... values) {
    if (values.length < 2) {
      throw new IllegalArgumentException("An interval needs two values or more");
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    int freedom = values.length - 1;
    double t = freedom <= T.length ? T[freedom - 1] : 1.96;
    double half = t * deviation(values) / Math.sqrt(values.length);
    return new Interval(mean, mean - half, mean + half, values.length);
  }

  /** Standard deviation of a sample. */
  static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
