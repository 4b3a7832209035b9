package org.adapterstudio.app.compare;

import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.runs.RunDigest;

/** A curve kept point by point; read in one thread and copied for another. */
final class Whole implements RunDigest.Points {
  private final Series points = new Series();

  @Override
  public void add(double step, double loss) {
    points.add(step, loss);
  }

  @Override
  public void truncateAfter(double step) {
    points.truncateAfter(step);
  }

  Series copy() {
    var copy = new Series();
    for (int i = 0; i < points.size(); i++) {
      copy.add(points.x(i), points.y(i));
    }
    return copy;
  }
}
