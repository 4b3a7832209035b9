package org.adapterstudio.app.runs;

import org.adapterstudio.app.plot.Series;

/**
 * A curve of any length kept in a few points: as it grows, every second one is forgotten. The last
 * point is always known.
 */
final class Thinned implements RunDigest.Points {
  private static final int MOST = 192;
  private Series points = new Series();
  private double lastX = Double.NaN;
  private double lastY = Double.NaN;
  private long stride = 1;
  private long seen;

  @Override
  public void add(double x, double y) {
    lastX = x;
    lastY = y;
    if (seen++ % stride != 0) {
      return;
    }
    points.add(x, y);
    if (points.size() == MOST) {
      points = half(points);
      stride *= 2;
    }
  }

  @Override
  public void truncateAfter(double x) {
    points.truncateAfter(x);
    if (lastX > x) {
      lastX = points.lastX();
      lastY = points.lastY();
    }
  }

  /** x of the last point ever added; NaN where there is none. */
  double lastX() {
    return lastX;
  }

  /** y of the last point ever added; NaN where there is none. */
  double lastY() {
    return lastY;
  }

  /** At most 192 points, the last one among them. */
  Series series() {
    var copy = new Series();
    for (int i = 0; i < points.size(); i++) {
      copy.add(points.x(i), points.y(i));
    }
    if (lastX > points.lastX()) {
      copy.add(lastX, lastY);
    }
    return copy;
  }

  private static Series half(Series whole) {
    var half = new Series();
    for (int i = 0; i < whole.size(); i += 2) {
      half.add(whole.x(i), whole.y(i));
    }
    return half;
  }
}
