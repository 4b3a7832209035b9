package org.adapterstudio.app.plot;

import java.util.Objects;

/**
 * Where a plot's axes lie: computed from content, options and size alone.
 *
 * @param x where steps lie
 * @param left scale of the left axis
 * @param right scale of the right axis; null where nothing is read on it
 */
public record PlotFrame(StepScale x, Scale left, Scale right) {
  static final double LEGEND = 24;
  static final double BOTTOM = 22;
  static final double SIDE = 44;

  /** The frame for a surface of the given size in pixels. */
  public static PlotFrame of(
      PlotContent content, PlotOptions options, double width, double height) {
    boolean twoAxes = content.curves().stream().anyMatch(Curve::right);
    double right = width - (twoAxes ? SIDE : 12);
    var steps =
        new StepScale(new Scale(xRange(content, options), SIDE, right, false), options.over());
    double bottom = height - BOTTOM;
    Range left = yRange(content, options, steps, false);
    boolean log = options.logY() && left.min() > 0;
    var leftScale = new Scale(left, bottom, top(content), log);
    return new PlotFrame(
        steps,
        leftScale,
        twoAxes
            ? new Scale(yRange(content, options, steps, true), bottom, top(content), false)
            : null);
  }

  /** Where the plot's area begins: below the legend, where there is one. */
  static double top(PlotContent content) {
    return content.hasLegend() ? LEGEND : 8;
  }

  /** The scale a curve is read on. */
  Scale of(Curve curve) {
    return curve.right() ? right : left;
  }

  private static Range xRange(PlotContent content, PlotOptions options) {
    Abscissa over = options.over();
    if (options.zoom() != null) {
      return atLeast(over.at(options.zoom().min()), over.at(options.zoom().max()));
    }
    return atLeast(over.start(), over.at(content.lastStep()));
  }

  private static Range atLeast(double from, double to) {
    return new Range(from, Math.max(from + 1, to));
  }

  private static Range yRange(
      PlotContent content, PlotOptions options, StepScale steps, boolean right) {
    boolean log = options.logY() && !right;
    Range range =
        content
            .lines()
            .filter(curve -> curve.right() == right)
            .map(curve -> inView(curve.series(), steps, log, options.ignoreOutliers()))
            .filter(Objects::nonNull)
            .reduce(Range::with)
            .orElse(null);
    if (range == null) {
      return Range.UNIT;
    }
    Range padded = range.padded(log);
    // A limit far above the data would flatten it; one nearby is worth seeing.
    boolean near = !right && content.limit() <= padded.max() * 3;
    return near ? padded.with(new Range(padded.min(), content.limit() * 1.04)) : padded;
  }

  private static Range inView(Series series, StepScale steps, boolean log, boolean ignore) {
    StepScale.Span span = steps.span(series);
    return Range.of(series, span.from(), span.to(), log, ignore);
  }
}
