package org.adapterstudio.app.plot;

/**
 * How a person wants to look at a plot.
 *
 * @param logY logarithmic left axis
 * @param ignoreOutliers single spikes do not fix the range
 * @param smoothing w of {@link Smoothing}, 0 to 0.999
 */
public record PlotOptions(boolean logY, boolean ignoreOutliers, double smoothing) {
  /** Linear, outliers ignored, w = 0.6. */
  public static final PlotOptions DEFAULT = new PlotOptions(false, true, 0.6);

  /** Whether a curve is shown smoothed. */
  boolean smooths(Curve curve) {
    return curve.smooth() && smoothing > 0;
  }

  /** The same with another axis. */
  public PlotOptions withLogY(boolean log) {
    return new PlotOptions(log, ignoreOutliers, smoothing);
  }

  /** The same with another treatment of outliers. */
  public PlotOptions withIgnoreOutliers(boolean ignore) {
    return new PlotOptions(logY, ignore, smoothing);
  }

  /** The same with another smoothing. */
  public PlotOptions withSmoothing(double w) {
    return new PlotOptions(logY, ignoreOutliers, w);
  }
}
