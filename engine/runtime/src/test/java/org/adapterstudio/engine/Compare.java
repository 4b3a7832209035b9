package org.adapterstudio.engine;

import org.adapterstudio.engine.tensor.Values;

/** Measures how far two tensors are apart; a test compares the number with its tolerance. */
public final class Compare {
  private Compare() {}

  /** Largest absolute difference; infinite where sizes differ or a number is not finite. */
  public static double maxDifference(float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) expected[i] - actual[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    return worst;
  }

  /** The same over rows (all but the last dimension) where the mask is 1. */
  public static double maxDifference(Values expected, float[] actual, long[] mask) {
    if (expected.data().length != actual.length) {
      return Double.POSITIVE_INFINITY;
    }
    int width = (int) expected.shape()[expected.shape().length - 1];
    double worst = 0;
    for (int i = 0; i < actual.length; i++) {
      if (mask[i / width] == 1) {
        double difference = Math.abs((double) expected.data()[i] - actual[i]);
        worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
      }
    }
    return worst;
  }

  /** Largest absolute entry. */
  public static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
