package org.adapterstudio.app.plot;

import org.adapterstudio.app.plot.Pen.Anchor;
import org.adapterstudio.app.ui.Messages;

/** The line above a plot that names its curves and signs. */
final class PlotLegend {
  private static final double SMALL = 11;
  private static final double LETTER = 6.2;
  private static final double MIDDLE = 9.5;
  private final Pen pen;
  private final PlotContent content;

  PlotLegend(Pen pen, PlotContent content) {
    this.pen = pen;
    this.content = content;
  }

  /** Paints what fits between two pixels; what does not is read under the cross-hair. */
  void paint(double from, double to) {
    if (!content.hasLegend()) {
      return;
    }
    double x = from;
    boolean starred = false;
    for (Curve curve : content.curves()) {
      String text = curve.right() ? Messages.text("plot.right", curve.name()) : curve.name();
      if (x + 17 + LETTER * text.length() > to) {
        return;
      }
      swatch(x, curve);
      if (curve.best() != Curve.Best.NONE) {
        pen.dot(x + 6, MIDDLE, 3, curve.ink());
        starred |= curve.series().size() > 0;
      }
      pen.text(text, x + 17, MIDDLE, SMALL, Anchor.LEFT, Ink.MUTED);
      x += 30 + LETTER * text.length();
    }
    if (content.dots() != null && content.dots().series().size() > 0) {
      pen.dot(x + 5, MIDDLE, 3, content.dots().ink());
      x += named(content.dots().name(), x);
      starred = true;
    }
    if (starred && x + 40 < to) {
      PlotMarks.star(pen, x + 5, MIDDLE, 6, starInk());
      x += named(Messages.text("plot.best"), x);
    }
    String none = Messages.text("plot.nan");
    boolean holes = content.lines().anyMatch(curve -> curve.series().holes() > 0);
    if (holes && x + 14 + LETTER * none.length() < to) {
      PlotMarks.triangle(pen, x + 5, MIDDLE + 4.5);
      named(none, x);
    }
  }

  private void swatch(double x, Curve curve) {
    double[] ends = {x, x + 12};
    pen.dash(curve.dash());
    pen.polyline(new Polyline(ends, new double[] {MIDDLE, MIDDLE}, 2), curve.ink(), 3, 1);
    pen.dash(Dash.SOLID);
  }

  private double named(String text, double x) {
    pen.text(text, x + 14, MIDDLE, SMALL, Anchor.LEFT, Ink.MUTED);
    return 26 + LETTER * text.length();
  }

  private Ink starInk() {
    return content.dots() != null ? content.dots().ink() : content.curves().getFirst().ink();
  }
}
