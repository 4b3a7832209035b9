package org.adapterstudio.app.plot;

import java.util.stream.Stream;

/**
 * Where a plot's axes lie: computed from content, options and size alone.
 *
 * @param x horizontal scale
 * @param left scale of the left axis
 * @param right scale of the right axis; null where nothing is read on it
 */
public record PlotFrame(Scale x, Scale left, Scale right) {
  static final double LEGEND = 24;
  static final double BOTTOM = 22;
  static final double SIDE = 44;

  /** The frame for a surface of the given size in pixels. */
  public static PlotFrame of(
      PlotContent content, PlotOptions options, double width, double height) {
    boolean twoAxes = content.curves().stream().anyMatch(Curve::right);
    var xScale = new Scale(xRange(content), SIDE, width - (twoAxes ? SIDE : 12), false);
    double bottom = height - BOTTOM;
    Range left = yRange(content, options, false);
    boolean log = options.logY() && left.min() > 0;
    var leftScale = new Scale(left, bottom, top(content), log);
    return new PlotFrame(
        xScale,
        leftScale,
        twoAxes ? new Scale(yRange(content, options, true), bottom, top(content), false) : null);
  }

  /** Where the plot's area begins: below the legend, where there is one. */
  static double top(PlotContent content) {
    return content.hasLegend() ? LEGEND : 8;
  }

  /** The scale a curve is read on. */
  Scale of(Curve curve) {
    return curve.right() ? right : left;
  }

  private static Range xRange(PlotContent content) {
    double max =
        Stream.concat(content.curves().stream(), Stream.ofNullable(content.dots()))
            .mapToDouble(curve -> curve.series().lastX())
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    return new Range(0, Math.max(1, max));
  }

  private static Range yRange(PlotContent content, PlotOptions options, boolean right) {
    boolean log = options.logY() && !right;
    Range range =
        content.curves().stream()
            .filter(curve -> curve.right() == right)
            .map(curve -> Range.of(curve.series(), log, options.ignoreOutliers()))
            .filter(found -> found != null)
            .reduce(Range::with)
            .orElse(null);
    if (!right && content.dots() != null) {
      Range dots = Range.of(content.dots().series(), log, options.ignoreOutliers());
      range = range == null || dots == null ? (range == null ? dots : range) : range.with(dots);
    }
    if (range == null) {
      return Range.UNIT;
    }
    Range padded = range.padded(log);
    // A limit far above the data would flatten it; one nearby is worth seeing.
    boolean near = !right && content.limit() <= padded.max() * 3;
    return near ? padded.with(new Range(padded.min(), content.limit() * 1.04)) : padded;
  }
}
