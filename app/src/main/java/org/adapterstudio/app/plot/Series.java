package org.adapterstudio.app.plot;

import java.util.Arrays;

/** A growing sequence of points in primitive arrays, outside any scene graph; x never falls. */
public final class Series {
  private double[] xs = new double[64];
  private double[] ys = new double[64];
  private int size;

  /** Appends a point; y may be NaN or infinite. */
  public void add(double x, double y) {
    if (size == xs.length) {
      xs = Arrays.copyOf(xs, size * 2);
      ys = Arrays.copyOf(ys, size * 2);
    }
    xs[size] = x;
    ys[size] = y;
    size++;
  }

  /** Number of points. */
  public int size() {
    return size;
  }

  /** x of point i. */
  public double x(int i) {
    return xs[i];
  }

  /** y of point i. */
  public double y(int i) {
    return ys[i];
  }

  /** y of the last point; NaN where there is none. */
  public double lastY() {
    return size == 0 ? Double.NaN : ys[size - 1];
  }

  /** x of the last point; NaN where there is none. */
  public double lastX() {
    return size == 0 ? Double.NaN : xs[size - 1];
  }

  /** Forgets every point right of x. */
  public void truncateAfter(double x) {
    while (size > 0 && xs[size - 1] > x) {
      size--;
    }
  }

  /** Index of the point nearest to x; -1 where there is none. */
  public int nearest(double x) {
    if (size == 0) {
      return -1;
    }
    int right = Arrays.binarySearch(xs, 0, size, x);
    if (right >= 0) {
      return right;
    }
    right = -right - 1;
    if (right == 0 || right == size) {
      return right == 0 ? 0 : size - 1;
    }
    return x - xs[right - 1] <= xs[right] - x ? right - 1 : right;
  }

  /** The same x with other y values, of which there must be as many. */
  Series withY(double[] other) {
    var copy = new Series();
    copy.xs = xs;
    copy.ys = other;
    copy.size = Math.min(size, other.length);
    return copy;
  }

  /** A copy of all y values. */
  double[] copyOfY() {
    return Arrays.copyOf(ys, size);
  }
}
