package org.adapterstudio.app.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.adapterstudio.app.ui.Messages;

/** A plot of curves in words: what a person hears who does not see it. */
final class PlotSummary {
  private PlotSummary() {}

  /** Title, each line with its ends and extremes, and what the cross-hair reads. */
  static String of(PlotContent content, PlotOptions options, double step) {
    if (content.empty()) {
      return content.title() + ". " + content.waiting();
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(content.title() + ".");
    content.lines().map(PlotSummary::line).forEach(sentences::add);
    if (!Double.isNaN(step)) {
      String reading =
          Reading.of(content, options, step).stream()
              .map(Reading::text)
              .collect(Collectors.joining(", "));
      sentences.add(reading + ".");
    }
    return String.join(" ", sentences);
  }

  private static String line(Curve curve) {
    Series series = curve.series();
    Extremes found = series.extremes(0, series.size(), false);
    if (found.none()) {
      return Messages.text("plot.summary.none", curve.name());
    }
    String line =
        Messages.text(
            "plot.summary.line",
            curve.name(),
            Unit.whole(series.size()),
            curve.unit().text(series.lastY()),
            curve.unit().text(series.y(found.low())),
            Unit.whole(series.x(found.low())),
            curve.unit().text(series.y(found.high())),
            Unit.whole(series.x(found.high())));
    return series.holes() == 0
        ? line
        : line + " " + Messages.text("plot.summary.holes", Unit.whole(series.holes()));
  }
}
