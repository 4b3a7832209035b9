package org.adapterstudio.app.plot;

import java.util.function.DoubleConsumer;
import org.adapterstudio.app.plot.Pen.Anchor;
import org.adapterstudio.app.ui.Messages;

/**
 * What stands at single places of a plot: checkpoints, resumes, the limit, values that are none.
 */
final class PlotMarks {
  private static final double SMALL = 11;
  private final Pen pen;
  private final PlotContent content;
  private final PlotFrame frame;
  private final double top;
  private final double bottom;

  PlotMarks(Pen pen, PlotContent content, PlotFrame frame, double top, double bottom) {
    this.pen = pen;
    this.content = content;
    this.frame = frame;
    this.top = top;
    this.bottom = bottom;
  }

  /** Dashed verticals where an engine took over. */
  void resumes() {
    each(content.resumes(), 3, x -> pen.line(x, top, x, bottom, Ink.MUTED, 1, true));
  }

  /** Ticks on the axis where a checkpoint is. */
  void checkpoints() {
    each(content.marks(), 3, x -> pen.line(x, bottom, x, bottom - 6, Ink.TEXT, 2, false));
  }

  /** The dashed horizontal, named. */
  void limit() {
    if (frame.left().range().contains(content.limit())) {
      double y = Math.round(frame.left().pixel(content.limit())) + 0.5;
      pen.line(frame.x().from(), y, frame.x().to(), y, Ink.DANGER, 1, true);
      String text = Messages.text("plot.clip");
      pen.text(text, frame.x().to() - 2, y - 8, SMALL, Anchor.RIGHT, Ink.DANGER);
    }
  }

  /** A triangle on the axis wherever a value is not a finite number. */
  void notNumbers() {
    content.lines().forEach(curve -> notNumbers(curve.series()));
  }

  private void notNumbers(Series series) {
    StepScale.Span span = frame.x().span(series);
    int n = series.holesBefore(span.from());
    while (n < series.holes() && series.hole(n) < span.to()) {
      double x = frame.x().pixel(series.x(series.hole(n)));
      triangle(pen, x, bottom);
      n = Math.max(n + 1, series.holesBefore(series.indexAfter(frame.x().step(x + 3))));
    }
  }

  private void each(Series places, double room, DoubleConsumer draw) {
    StepScale.Span span = frame.x().span(places);
    int i = span.from();
    while (i < span.to()) {
      double x = Math.round(frame.x().pixel(places.x(i))) + 0.5;
      draw.accept(x);
      i = Math.max(i + 1, places.indexAfter(frame.x().step(x + room)));
    }
  }

  /** The sign of a value that is not a number, standing on a line. */
  static void triangle(Pen pen, double x, double bottom) {
    pen.polygon(
        new double[] {x - 5, x + 5, x}, new double[] {bottom, bottom, bottom - 9}, Ink.DANGER);
  }

  /** The sign of the best value. */
  static void star(Pen pen, double x, double y, double radius, Ink ink) {
    double[] xs = new double[10];
    double[] ys = new double[10];
    for (int i = 0; i < 10; i++) {
      double angle = Math.PI * i / 5 - Math.PI / 2;
      double r = i % 2 == 0 ? radius : radius * 0.42;
      xs[i] = x + r * Math.cos(angle);
      ys[i] = y + r * Math.sin(angle);
    }
    pen.polygon(xs, ys, ink);
  }
}
