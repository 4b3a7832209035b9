package org.adapterstudio.app.plot;

import java.util.List;
import org.adapterstudio.app.plot.Pen.Anchor;

/**
 * Draws curves with their axes: the same strokes on screen and in an SVG file. What it costs grows
 * with the pixels, not with the points.
 */
public final class PlotPainter {
  private static final double SMALL = 11;
  private static final double RAW_OPACITY = 0.35;
  private static final double DOT_ROOM = 6; // pixels that a dot needs to be told from the next
  private final Pen pen;
  private final PlotContent content;
  private final PlotOptions options;
  private final double width;
  private final double height;
  private final PlotFrame frame;

  /** A painter for one picture of the given size in pixels. */
  public PlotPainter(
      Pen pen, PlotContent content, PlotOptions options, double width, double height) {
    this(pen, content, options, PlotFrame.of(content, options, width, height), width, height);
  }

  /** The same where the axes are known. */
  PlotPainter(
      Pen pen,
      PlotContent content,
      PlotOptions options,
      PlotFrame frame,
      double width,
      double height) {
    this.pen = pen;
    this.content = content;
    this.options = options;
    this.frame = frame;
    this.width = width;
    this.height = height;
  }

  /** Paints everything but the cross-hair. */
  public void paint() {
    if (content.empty()) {
      Caption.centred(pen, content.waiting(), width, height);
      return;
    }
    var marks = new PlotMarks(pen, content, frame, top(), bottom());
    axes();
    pen.clip(frame.x().from() - 8, top() - 4, plotWidth() + 16, plotHeight() + 8);
    marks.resumes();
    marks.limit();
    content.curves().forEach(this::curve);
    if (content.dots() != null) {
      dots(content.dots(), Curve.Best.LOWEST);
    }
    marks.checkpoints();
    marks.notNumbers();
    pen.unclip();
    new PlotLegend(pen, content).paint(frame.x().from(), width);
  }

  /** Paints the line under the mouse and what every series reads there. */
  public void crosshair(double step) {
    if (content.empty() || Double.isNaN(step) || !frame.x().contains(step)) {
      return;
    }
    double at = frame.x().pixel(step);
    pen.line(at, top(), at, bottom(), Ink.MUTED, 1, false);
    List<Reading> readings = Reading.of(content, options, step);
    double boxWidth = 16 + 6.2 * readings.stream().mapToInt(r -> r.text().length()).max().orElse(0);
    double boxHeight = 8 + 16 * readings.size();
    double boxX = at + 10 + boxWidth > width ? at - 10 - boxWidth : at + 10;
    double boxY = top() + 2;
    pen.box(boxX, boxY, boxWidth, boxHeight, Ink.GRID, 1);
    pen.box(boxX + 1, boxY + 1, boxWidth - 2, boxHeight - 2, Ink.GROUND, 0.96);
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i);
      pen.text(reading.text(), boxX + 8, boxY + 12 + 16 * i, SMALL, Anchor.LEFT, reading.ink());
    }
  }

  private double plotWidth() {
    return frame.x().to() - frame.x().from();
  }

  private double top() {
    return PlotFrame.top(content);
  }

  private double bottom() {
    return height - PlotFrame.BOTTOM;
  }

  private double plotHeight() {
    return bottom() - top();
  }

  private void axes() {
    int rows = (int) Math.max(2, plotHeight() / 26);
    Ticks leftTicks = ticks(frame.left(), rows);
    for (int i = 0; i < leftTicks.values().size(); i++) {
      double y = Math.round(frame.left().pixel(leftTicks.values().get(i))) + 0.5;
      pen.line(frame.x().from(), y, frame.x().to(), y, Ink.GRID, 1, false);
      pen.text(leftTicks.labels().get(i), PlotFrame.SIDE - 6, y, SMALL, Anchor.RIGHT, Ink.MUTED);
    }
    if (frame.right() != null) {
      Ticks rightTicks = ticks(frame.right(), rows);
      for (int i = 0; i < rightTicks.values().size(); i++) {
        double y = Math.round(frame.right().pixel(rightTicks.values().get(i))) + 0.5;
        String label = rightTicks.labels().get(i);
        pen.text(label, width - PlotFrame.SIDE + 6, y, SMALL, Anchor.LEFT, Ink.MUTED);
      }
    }
    new StepAxis(pen, frame.x()).paint(bottom());
    double line = bottom() + 0.5;
    pen.line(frame.x().from(), line, frame.x().to(), line, Ink.MUTED, 1, false);
  }

  private static Ticks ticks(Scale scale, int rows) {
    return scale.log() ? Ticks.log(scale.range()) : Ticks.linear(scale.range(), rows);
  }

  private void curve(Curve curve) {
    Scale y = frame.of(curve);
    Polyline raw = Polyline.of(curve.series(), frame.x(), y);
    if (!options.smooths(curve)) {
      boolean dense = frame.x().span(curve.series()).size() > plotWidth();
      pen.dash(curve.dash());
      pen.polyline(raw, curve.ink(), dense ? 1 : 1.5, 1);
      pen.dash(Dash.SOLID);
      if (curve.best() != Curve.Best.NONE) {
        dots(curve, curve.best());
      }
      return;
    }
    pen.polyline(raw, curve.ink(), 1, RAW_OPACITY);
    Series smooth = curve.series().smoothed().line(options.smoothing());
    pen.dash(curve.dash());
    pen.polyline(Polyline.of(smooth, frame.x(), y), curve.ink(), 2, 1);
    pen.dash(Dash.SOLID);
  }

  /** A dot for each point, a line where they would run into each other; the best one starred. */
  private void dots(Curve curve, Curve.Best which) {
    Series dots = curve.series();
    Scale scale = frame.of(curve);
    StepScale.Span span = frame.x().span(dots);
    int best = best(dots, which);
    if (span.size() * DOT_ROOM > plotWidth()) {
      pen.polyline(Polyline.of(dots, frame.x(), scale), curve.ink(), 1.5, 1);
    } else {
      for (int i = span.from(); i < span.to(); i++) {
        if (i != best && shows(scale, dots.y(i))) {
          dot(frame.x().pixel(dots.x(i)), scale.pixel(dots.y(i)), curve.ink());
        }
      }
    }
    if (best >= span.from() && best < span.to() && shows(scale, dots.y(best))) {
      double x = frame.x().pixel(dots.x(best));
      double y = scale.pixel(dots.y(best));
      pen.dot(x, y, 6, Ink.GROUND);
      PlotMarks.star(pen, x, y, 7, curve.ink());
    }
  }

  private void dot(double x, double y, Ink ink) {
    pen.dot(x, y, 4, Ink.GROUND);
    pen.dot(x, y, 3, ink);
  }

  private static boolean shows(Scale scale, double value) {
    return Double.isFinite(value) && (!scale.log() || value > 0);
  }

  private static int best(Series series, Curve.Best which) {
    Extremes found = series.extremes(0, series.size(), false);
    return which == Curve.Best.HIGHEST ? found.high() : found.low();
  }
}
