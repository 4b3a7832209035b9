package org.adapterstudio.app.plot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The numbers of a plot as CSV: a line for each step, with its time and tokens where known. */
final class PlotTable {
  private final List<Curve> columns;
  private final List<Abscissa> axes;

  /**
   * A table of all curves.
   *
   * @param axes what else is known of a step, each a column
   */
  PlotTable(PlotContent content, PlotOptions options, List<Abscissa> axes) {
    this.columns = columns(content, options);
    this.axes = axes;
  }

  /** A smoothed curve has a column of its own behind the raw one. */
  private static List<Curve> columns(PlotContent content, PlotOptions options) {
    var columns = new ArrayList<Curve>();
    content
        .lines()
        .forEach(
            curve -> {
              columns.add(curve);
              if (options.smooths(curve)) {
                Series smooth = curve.series().smoothed().finish(options.smoothing());
                String name = curve.name() + " smoothed";
                columns.add(Curve.plain(name, smooth, curve.ink(), curve.unit()));
              }
            });
    return columns;
  }

  /** The text, a header line first. */
  String csv() {
    var csv = new StringBuilder("step");
    axes.forEach(axis -> csv.append(',').append(header(axis)));
    columns.forEach(curve -> csv.append(',').append(curve.name().replace(',', ' ')));
    int[] at = new int[columns.size()];
    for (double step = next(at); step < Double.POSITIVE_INFINITY; step = next(at)) {
      csv.append('\n').append(String.format(Locale.ROOT, "%.0f", step));
      for (Abscissa axis : axes) {
        csv.append(',').append(value(axis, step));
      }
      for (int c = 0; c < at.length; c++) {
        csv.append(',');
        Series series = columns.get(c).series();
        if (at[c] < series.size() && series.x(at[c]) == step) {
          csv.append(series.y(at[c]++));
        }
      }
    }
    return csv.append('\n').toString();
  }

  /** The smallest step that is not written yet. */
  private double next(int[] at) {
    double step = Double.POSITIVE_INFINITY;
    for (int c = 0; c < at.length; c++) {
      Series series = columns.get(c).series();
      step = at[c] < series.size() ? Math.min(step, series.x(at[c])) : step;
    }
    return step;
  }

  /** Names of the columns that tell of a step. */
  static String header(Abscissa axis) {
    return switch (axis.kind()) {
      case STEP -> "step";
      case ELAPSED -> "elapsed_seconds";
      case WALL -> "time";
      case TOKENS -> "tokens";
    };
  }

  /** What an axis says of a step. */
  static String value(Abscissa axis, double step) {
    double value = axis.at(step);
    return switch (axis.kind()) {
      case STEP, TOKENS -> String.format(Locale.ROOT, "%.0f", value);
      case ELAPSED -> String.format(Locale.ROOT, "%.3f", value);
      case WALL -> Instant.ofEpochMilli((long) value).toString();
    };
  }
}
