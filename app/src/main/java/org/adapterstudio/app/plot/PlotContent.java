package org.adapterstudio.app.plot;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a plot of curves shows; its series may grow behind it.
 *
 * @param title of the plot
 * @param waiting what an empty plot says it waits for
 * @param curves lines
 * @param dots held-out values on the left axis, the lowest starred; may be null
 * @param marks x values of checkpoints (ticks on the axis); its y is unused
 * @param resumes x values where an engine took over (dashed verticals); its y is unused
 * @param limit a horizontal line on the left axis; NaN for none
 */
public record PlotContent(
    String title,
    String waiting,
    List<Curve> curves,
    Curve dots,
    Series marks,
    Series resumes,
    double limit) {
  public PlotContent {
    curves = List.copyOf(curves);
  }

  /** Whether there is more than one thing to tell apart. */
  boolean hasLegend() {
    return curves.size() > 1
        || dots != null
        || curves.stream().anyMatch(curve -> curve.best() != Curve.Best.NONE);
  }

  /** Whether no line and no dot has a point. */
  public boolean empty() {
    return lines().allMatch(curve -> curve.series().size() == 0);
  }

  /** Lines and dots. */
  Stream<Curve> lines() {
    return Stream.concat(curves.stream(), Stream.ofNullable(dots));
  }

  /** The last step that any line has; 1 where none has a point. */
  public double lastStep() {
    return lines()
        .mapToDouble(curve -> curve.series().lastX())
        .filter(Double::isFinite)
        .max()
        .orElse(1);
  }
}
