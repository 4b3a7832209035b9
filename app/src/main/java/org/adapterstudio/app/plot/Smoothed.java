package org.adapterstudio.app.plot;

/**
 * TensorBoard's debiased exponential average of a series (its webapp's data_transformer): the early
 * average is divided by 1 - w^n, so that it does not start at zero. Points that are not finite pass
 * through and do not move the state; as long as all points are equal they are left alone. It is
 * made of all points, so what is drawn does not depend on decimation.
 *
 * <p>Its state is kept: a point appended costs one step of the average. Another weight is worked
 * out piece by piece, while the line of the one before is still shown.
 */
public final class Smoothed {
  private static final int PIECE = 50_000; // 1 to 2 ms
  private final Series raw;
  private Average shown;
  private Average coming;
  private Average spare; // its arrays are used again: new ones would hold a frame up

  Smoothed(Series raw) {
    this.raw = raw;
  }

  /**
   * Does a piece of the work that is left.
   *
   * @param w weight of what came before, 0 to 0.999
   * @return whether there is more to do
   */
  public boolean advance(double w) {
    if (shown == null) {
      shown = new Average(raw).begin(w);
    }
    if (coming == null && shown.w != w) {
      coming = (spare == null ? new Average(raw) : spare).begin(w);
    }
    boolean behind = shown.advance(raw);
    if (coming != null && !coming.advance(raw)) {
      spare = shown;
      shown = coming;
      coming = null;
      return shown.w != w;
    }
    return behind || coming != null;
  }

  /** The line as far as {@link #advance} made it; made whole where nobody does. */
  public Series line(double w) {
    if (shown == null || coming == null && shown.w != w) {
      return finish(w);
    }
    if (coming == null) {
      advance(w);
    }
    return shown.line;
  }

  /** The whole line of a weight. */
  public Series finish(double w) {
    boolean more = true;
    while (more) {
      more = advance(w);
    }
    return shown.line;
  }

  /** The series forgot all but its first points. */
  void keep(int count) {
    if (shown != null) {
      shown.keep(raw, count);
    }
    if (coming != null) {
      coming.keep(raw, count);
    }
  }

  /** The average of one weight and the line it has drawn so far. */
  private static final class Average {
    private final Series line;
    private double w;
    private double last;
    private double remaining; // w^n over the finite points so far
    private double first;
    private boolean constant;

    Average(Series raw) {
      line = new Series(raw);
    }

    Average begin(double weight) {
      w = weight;
      line.keep(0);
      forget();
      return this;
    }

    private void forget() {
      last = 0;
      remaining = 1;
      first = Double.NaN;
      constant = true;
    }

    boolean advance(Series raw) {
      int to = Math.min(raw.size(), line.size() + PIECE);
      for (int i = line.size(); i < to; i++) {
        line.add(raw.x(i), next(raw.y(i)));
      }
      return to < raw.size();
    }

    void keep(Series raw, int count) {
      if (line.size() <= count) {
        return;
      }
      line.keep(count);
      forget();
      for (int i = 0; i < count; i++) {
        next(raw.y(i));
      }
    }

    private double next(double y) {
      if (!Double.isFinite(y)) {
        return y;
      }
      if (Double.isNaN(first)) {
        first = y;
      }
      constant &= y == first;
      last = last * w + (1 - w) * y;
      remaining = remaining < 1e-17 ? 0 : remaining * w; // 1 - it is 1 long before it underflows
      return constant ? y : last / (1 - remaining);
    }
  }
}
