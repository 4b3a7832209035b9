package org.adapterstudio.app.plot;

import org.adapterstudio.app.plot.Pen.Anchor;

/** The labels below a plot: steps, times or tokens. */
final class StepAxis {
  private static final double SMALL = 11;
  private final Pen pen;
  private final StepScale x;

  StepAxis(Pen pen, StepScale x) {
    this.pen = pen;
    this.x = x;
  }

  /** Paints labels below the line at {@code bottom}. */
  void paint(double bottom) {
    boolean wide = x.over().kind() == Abscissa.Kind.WALL;
    int wanted = (int) Math.max(2, (x.to() - x.from()) / (wide ? 76 : 52));
    Ticks ticks = Ticks.of(x.over().kind(), x.scale().range(), wanted);
    for (int i = 0; i < ticks.values().size(); i++) {
      double at = Math.round(x.scale().pixel(ticks.values().get(i))) + 0.5;
      pen.text(ticks.labels().get(i), at, bottom + 13, SMALL, Anchor.CENTRE, Ink.MUTED);
    }
  }
}
