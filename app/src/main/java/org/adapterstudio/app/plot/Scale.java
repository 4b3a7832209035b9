package org.adapterstudio.app.plot;

/**
 * Maps values to pixels along one axis.
 *
 * @param range of values shown
 * @param from pixel of the range's lower end
 * @param to pixel of its upper end; below {@code from} on an upward axis
 * @param log whether equal ratios take equal lengths; the range must then be positive
 */
public record Scale(Range range, double from, double to, boolean log) {
  /** Pixel of a value. */
  public double pixel(double value) {
    return from + share(value) * (to - from);
  }

  /** Value under a pixel. */
  public double value(double pixel) {
    double share = (pixel - from) / (to - from);
    if (log) {
      return range.min() * Math.pow(range.max() / range.min(), share);
    }
    return range.min() + share * range.length();
  }

  private double share(double value) {
    if (range.length() == 0) {
      return 0.5;
    }
    return log
        ? Math.log(value / range.min()) / Math.log(range.max() / range.min())
        : (value - range.min()) / range.length();
  }
}
