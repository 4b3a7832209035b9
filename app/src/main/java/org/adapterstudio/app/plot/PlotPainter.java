package org.adapterstudio.app.plot;

import java.util.List;
import org.adapterstudio.app.plot.Pen.Anchor;
import org.adapterstudio.app.ui.Messages;

/** Draws curves with their axes: the same strokes on screen and in an SVG file. */
public final class PlotPainter {
  private static final double SMALL = 11;
  private static final double RAW_OPACITY = 0.35;
  private final Pen pen;
  private final PlotContent content;
  private final PlotOptions options;
  private final double width;
  private final double height;
  private final PlotFrame frame;

  /** A painter for one picture of the given size in pixels. */
  public PlotPainter(
      Pen pen, PlotContent content, PlotOptions options, double width, double height) {
    this.pen = pen;
    this.content = content;
    this.options = options;
    this.width = width;
    this.height = height;
    this.frame = PlotFrame.of(content, options, width, height);
  }

  /** Paints everything but the cross-hair. */
  public void paint() {
    if (content.empty()) {
      Caption.centred(pen, content.waiting(), width, height);
      return;
    }
    axes();
    pen.clip(frame.x().from() - 8, top() - 4, plotWidth() + 16, plotHeight() + 8);
    resumes();
    limit();
    content.curves().forEach(this::curve);
    if (content.dots() != null) {
      dots(content.dots(), Curve.Best.LOWEST);
    }
    pen.unclip();
    marks();
    notNumbers();
    legend();
  }

  /** Paints the line under the mouse and what every series reads there. */
  public void crosshair(double step) {
    if (content.empty() || Double.isNaN(step) || !frame.x().range().contains(step)) {
      return;
    }
    double at = frame.x().pixel(step);
    pen.line(at, top(), at, height - PlotFrame.BOTTOM, Ink.MUTED, 1, false);
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

  private double plotHeight() {
    return height - top() - PlotFrame.BOTTOM;
  }

  private void axes() {
    double bottom = height - PlotFrame.BOTTOM;
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
    Ticks steps = Ticks.steps(frame.x().range(), (int) Math.max(2, plotWidth() / 48));
    for (int i = 0; i < steps.values().size(); i++) {
      double x = Math.round(frame.x().pixel(steps.values().get(i))) + 0.5;
      pen.text(steps.labels().get(i), x, bottom + 13, SMALL, Anchor.CENTRE, Ink.MUTED);
    }
    pen.line(frame.x().from(), bottom + 0.5, frame.x().to(), bottom + 0.5, Ink.MUTED, 1, false);
  }

  private static Ticks ticks(Scale scale, int rows) {
    return scale.log() ? Ticks.log(scale.range()) : Ticks.linear(scale.range(), rows);
  }

  private void resumes() {
    for (int i = 0; i < content.resumes().size(); i++) {
      double x = Math.round(frame.x().pixel(content.resumes().x(i))) + 0.5;
      pen.line(x, top(), x, height - PlotFrame.BOTTOM, Ink.MUTED, 1, true);
    }
  }

  private void limit() {
    if (frame.left().range().contains(content.limit())) {
      double y = Math.round(frame.left().pixel(content.limit())) + 0.5;
      pen.line(frame.x().from(), y, frame.x().to(), y, Ink.DANGER, 1, true);
      pen.text(
          Messages.text("plot.clip"), frame.x().to() - 2, y - 8, SMALL, Anchor.RIGHT, Ink.DANGER);
    }
  }

  private void curve(Curve curve) {
    Scale y = frame.of(curve);
    Polyline raw = Polyline.of(curve.series(), frame.x(), y);
    if (!options.smooths(curve)) {
      pen.dash(curve.dash());
      pen.polyline(raw, curve.ink(), curve.series().size() > plotWidth() ? 1 : 1.5, 1);
      pen.dash(Dash.SOLID);
      if (curve.best() != Curve.Best.NONE) {
        dots(curve, curve.best());
      }
      return;
    }
    pen.polyline(raw, curve.ink(), 1, RAW_OPACITY);
    Series smooth = Smoothing.debiased(curve.series(), options.smoothing());
    pen.dash(curve.dash());
    pen.polyline(Polyline.of(smooth, frame.x(), y), curve.ink(), 2, 1);
    pen.dash(Dash.SOLID);
  }

  private void dots(Curve curve, Curve.Best which) {
    Series dots = curve.series();
    Scale scale = frame.of(curve);
    int best = best(dots, which);
    for (int i = 0; i < dots.size(); i++) {
      if (Double.isFinite(dots.y(i)) && (!scale.log() || dots.y(i) > 0)) {
        double x = frame.x().pixel(dots.x(i));
        double y = scale.pixel(dots.y(i));
        pen.dot(x, y, i == best ? 6 : 4, Ink.GROUND);
        if (i == best) {
          star(x, y, 7, curve.ink());
        } else {
          pen.dot(x, y, 3, curve.ink());
        }
      }
    }
  }

  private static int best(Series series, Curve.Best which) {
    double sign = which == Curve.Best.HIGHEST ? -1 : 1;
    int best = -1;
    for (int i = 0; i < series.size(); i++) {
      boolean better = best < 0 || sign * series.y(i) < sign * series.y(best);
      best = Double.isFinite(series.y(i)) && better ? i : best;
    }
    return best;
  }

  private void star(double x, double y, double radius, Ink ink) {
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

  private void marks() {
    double bottom = height - PlotFrame.BOTTOM;
    for (int i = 0; i < content.marks().size(); i++) {
      double x = Math.round(frame.x().pixel(content.marks().x(i))) + 0.5;
      pen.line(x, bottom, x, bottom - 6, Ink.TEXT, 2, false);
    }
  }

  private void notNumbers() {
    double bottom = height - PlotFrame.BOTTOM;
    for (Curve curve : content.curves()) {
      for (int i = 0; i < curve.series().size(); i++) {
        if (!Double.isFinite(curve.series().y(i))) {
          double x = frame.x().pixel(curve.series().x(i));
          pen.polygon(
              new double[] {x - 5, x + 5, x},
              new double[] {bottom, bottom, bottom - 9},
              Ink.DANGER);
        }
      }
    }
  }

  private void legend() {
    if (!content.hasLegend()) {
      return;
    }
    double x = frame.x().from();
    boolean starred = false;
    for (Curve curve : content.curves()) {
      swatch(x, curve);
      if (curve.best() != Curve.Best.NONE) {
        pen.dot(x + 6, 9.5, 3, curve.ink());
        starred |= curve.series().size() > 0;
      }
      String text = curve.right() ? Messages.text("plot.right", curve.name()) : curve.name();
      pen.text(text, x + 17, 9.5, SMALL, Anchor.LEFT, Ink.MUTED);
      x += 30 + 6.2 * text.length();
    }
    if (content.dots() != null && content.dots().series().size() > 0) {
      pen.dot(x + 5, 9.5, 3, content.dots().ink());
      pen.text(content.dots().name(), x + 13, 9.5, SMALL, Anchor.LEFT, Ink.MUTED);
      x += 26 + 6.2 * content.dots().name().length();
      starred = true;
    }
    if (starred) {
      star(x + 5, 9.5, 6, starInk());
      pen.text(Messages.text("plot.best"), x + 14, 9.5, SMALL, Anchor.LEFT, Ink.MUTED);
    }
  }

  private void swatch(double x, Curve curve) {
    pen.dash(curve.dash());
    pen.polyline(
        new Polyline(new double[] {x, x + 12}, new double[] {9.5, 9.5}, 2), curve.ink(), 3, 1);
    pen.dash(Dash.SOLID);
  }

  private Ink starInk() {
    return content.dots() != null ? content.dots().ink() : content.curves().getFirst().ink();
  }
}
