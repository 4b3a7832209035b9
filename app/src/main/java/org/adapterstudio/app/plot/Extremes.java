package org.adapterstudio.app.plot;

/** Where the lowest and the highest of some values stand; each the first one of its size. */
final class Extremes {
  private int low = -1;
  private int high = -1;

  /** Starts anew. */
  void clear() {
    low = -1;
    high = -1;
  }

  /** Takes in a part whose own extremes are known; parts come from left to right. */
  void take(double[] ys, int partLow, int partHigh) {
    if (low < 0 || ys[partLow] < ys[low]) {
      low = partLow;
    }
    if (high < 0 || ys[partHigh] > ys[high]) {
      high = partHigh;
    }
  }

  /** Whether there was no value. */
  boolean none() {
    return low < 0;
  }

  /** Index of the lowest; -1 where there is none. */
  int low() {
    return low;
  }

  /** Index of the highest; -1 where there is none. */
  int high() {
    return high;
  }
}
