package org.adapterstudio.app.plot;

/**
 * How a person wants to look at a plot.
 *
 * @param logY logarithmic left axis
 * @param ignoreOutliers single spikes do not fix the range
 * @param smoothing w of {@link Smoothed}, 0 to 0.999
 * @param over what lies on the horizontal axis
 * @param zoom the steps in view; null for all
 */
public record PlotOptions(
    boolean logY, boolean ignoreOutliers, double smoothing, Abscissa over, Range zoom) {
  /** Linear, outliers ignored, w = 0.6, all steps. */
  public static final PlotOptions DEFAULT = new PlotOptions(false, true, 0.6, Abscissa.STEP, null);

  /** Whether a curve is shown smoothed. */
  boolean smooths(Curve curve) {
    return curve.smooth() && smoothing > 0;
  }

  /** The same with another axis. */
  public PlotOptions withLogY(boolean log) {
    return new PlotOptions(log, ignoreOutliers, smoothing, over, zoom);
  }

  /** The same with another treatment of outliers. */
  public PlotOptions withIgnoreOutliers(boolean ignore) {
    return new PlotOptions(logY, ignore, smoothing, over, zoom);
  }

  /** The same with another smoothing. */
  public PlotOptions withSmoothing(double w) {
    return new PlotOptions(logY, ignoreOutliers, w, over, zoom);
  }

  /** The same over another axis, with other steps in view. */
  public PlotOptions seen(Abscissa axis, Range steps) {
    return new PlotOptions(logY, ignoreOutliers, smoothing, axis, steps);
  }
}
