package org.adapterstudio.app.plot;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.app.ui.Messages;

/**
 * One line of what a plot reads under the cross-hair.
 *
 * @param text name and value
 * @param ink of its series
 */
record Reading(String text, Ink ink) {

  /** What every series reads at its point nearest to a step. */
  static List<Reading> of(PlotContent content, PlotOptions options, double step) {
    var readings = new ArrayList<Reading>();
    for (Curve curve : content.curves()) {
      int i = curve.series().nearest(step);
      if (i >= 0) {
        add(readings, curve, i, options);
      }
    }
    int dot = content.dots() == null ? -1 : content.dots().series().nearest(step);
    if (dot >= 0) {
      Series dots = content.dots().series();
      String value = content.dots().name() + " " + content.dots().unit().text(dots.y(dot));
      readings.add(new Reading(value + " @" + Unit.whole(dots.x(dot)), content.dots().ink()));
    }
    return readings;
  }

  private static void add(List<Reading> readings, Curve curve, int i, PlotOptions options) {
    Series series = curve.series();
    if (readings.isEmpty()) {
      String step = Messages.text("plot.step", Unit.whole(series.x(i)));
      readings.add(new Reading(step, Ink.MUTED));
    }
    String value = curve.name() + " " + curve.unit().text(series.y(i));
    readings.add(new Reading(value, Double.isFinite(series.y(i)) ? curve.ink() : Ink.DANGER));
    if (options.smooths(curve)) {
      Series smooth = series.smoothed().line(options.smoothing());
      if (i < smooth.size()) {
        String text = Messages.text("plot.smoothed", curve.unit().text(smooth.y(i)));
        readings.add(new Reading(text, curve.ink()));
      }
    }
  }
}
