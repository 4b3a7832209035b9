package org.adapterstudio.app.plot;

import java.util.Arrays;

/**
 * A growing sequence of points in primitive arrays, outside any scene graph; x never falls. It
 * keeps the extremes of its stretches, so that a picture of it costs what its pixels cost and not
 * what its points do.
 */
public final class Series {
  private final Series along;
  private double[] xs;
  private double[] ys = new double[64];
  private int size;
  private int[] holes = new int[0];
  private int holeCount;
  private final Pyramid pyramid = new Pyramid();
  private Smoothed smoothed;

  /** A series without points. */
  public Series() {
    this(null);
  }

  /** One whose points have the x of another one's, which has as many points or more. */
  Series(Series along) {
    this.along = along;
    this.xs = along == null ? new double[64] : null;
  }

  /** Appends a point; y may be NaN or infinite. */
  public void add(double x, double y) {
    if (along == null) {
      xs = size == xs.length ? Arrays.copyOf(xs, size * 2) : xs;
      xs[size] = x;
    }
    ys = size == ys.length ? Arrays.copyOf(ys, size * 2) : ys;
    ys[size] = y;
    pyramid.add(ys, size);
    if (!Double.isFinite(y)) {
      addHole(size);
    }
    size++;
  }

  private double[] xs() {
    return along == null ? xs : along.xs;
  }

  private void addHole(int at) {
    if (holeCount == holes.length) {
      holes = Arrays.copyOf(holes, Math.max(8, holeCount * 2));
    }
    holes[holeCount++] = at;
  }

  /** Number of points. */
  public int size() {
    return size;
  }

  /** x of point i. */
  public double x(int i) {
    return xs()[i];
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
    return size == 0 ? Double.NaN : xs()[size - 1];
  }

  /** Number of points whose y is not a finite number. */
  public int holes() {
    return holeCount;
  }

  /** Index of the n-th point whose y is not a finite number, from 0. */
  public int hole(int n) {
    return holes[n];
  }

  /** How many of the first points have a y that is not a finite number. */
  int holesBefore(int index) {
    int at = Arrays.binarySearch(holes, 0, holeCount, index);
    return at < 0 ? -at - 1 : at;
  }

  /** Forgets every point right of x. */
  public void truncateAfter(double x) {
    keep(indexAfter(x));
  }

  /** Forgets all but the first points. */
  void keep(int count) {
    if (count >= size) {
      return;
    }
    size = count;
    while (holeCount > 0 && holes[holeCount - 1] >= size) {
      holeCount--;
    }
    pyramid.truncate(ys, size);
    if (smoothed != null) {
      smoothed.keep(size);
    }
  }

  /** Index of the first point right of x; the size where there is none. */
  public int indexAfter(double x) {
    double[] xs = xs();
    if (size == 0 || !(xs[size - 1] > x)) {
      return size;
    }
    int guess = (int) (x - xs[0]); // steps mostly follow each other without gaps
    if (guess >= 0 && guess < size - 1 && xs[guess] <= x && xs[guess + 1] > x) {
      return guess + 1;
    }
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (xs[middle] > x) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Index of the point nearest to x; -1 where there is none. */
  public int nearest(double x) {
    double[] xs = xs();
    int right = indexAfter(x);
    if (right == 0 || right == size) {
      return right == 0 ? Math.min(0, size - 1) : size - 1;
    }
    return x - xs[right - 1] <= xs[right] - x ? right - 1 : right;
  }

  /** The extremes among the points from {@code from} up to {@code to}. */
  Extremes extremes(int from, int to, boolean positive) {
    var found = new Extremes();
    extremes(from, to, positive, found);
    return found;
  }

  /** The same into an object that is used again. */
  void extremes(int from, int to, boolean positive, Extremes found) {
    found.clear();
    pyramid.look(ys, from, to, positive, found);
  }

  /** Its average that follows it. */
  public Smoothed smoothed() {
    if (smoothed == null) {
      smoothed = new Smoothed(this);
    }
    return smoothed;
  }
}
