package org.adapterstudio.app.plot;

import org.adapterstudio.app.plot.Pen.Anchor;

/** Draws a heat map: layers down, steps to the right, one fixed colour scale with its legend. */
final class HeatPainter {
  static final double LEFT = 92;
  static final double RIGHT = 62;
  static final double TOP = 8;
  static final double BOTTOM = 22;
  private static final double SMALL = 11;
  private final Pen pen;
  private final HeatGrid grid;
  private final HeatScale colours;
  private final double width;
  private final double height;

  HeatPainter(Pen pen, HeatGrid grid, HeatScale colours, double width, double height) {
    this.pen = pen;
    this.grid = grid;
    this.colours = colours;
    this.width = width;
    this.height = height;
  }

  void paint(String waiting, int chosen) {
    if (grid.columnCount() == 0) {
      Caption.centred(pen, waiting, width, height);
      return;
    }
    cells();
    rowLabels(chosen);
    steps();
    legend();
    if (chosen >= 0 && chosen < grid.rows().size()) {
      outline(rowY(chosen), rowHeight());
    }
  }

  void crosshair(double step, int row) {
    Scale x = x();
    if (grid.columnCount() == 0 || !x.range().contains(step)) {
      return;
    }
    double at = x.pixel(step);
    pen.line(at, TOP, at, height - BOTTOM, Ink.TEXT, 1, false);
    int column = grid.columnAt(step);
    if (row >= 0 && row < grid.rows().size() && column >= 0) {
      String text =
          "%s  step %.0f  %.2f %s"
              .formatted(
                  grid.rows().get(row), grid.step(column), grid.value(row, column), colours.unit());
      double box = 16 + 6.2 * text.length();
      double left = Math.clamp(at - box / 2, 0, Math.max(0, width - box));
      double top = rowY(row) > height / 2 ? rowY(row) - 28 : rowY(row) + rowHeight() + 6;
      pen.box(left, top, box, 22, Ink.GRID, 1);
      pen.box(left + 1, top + 1, box - 2, 20, Ink.GROUND, 0.96);
      pen.text(text, left + 8, top + 11, SMALL, Anchor.LEFT, Ink.TEXT);
    }
  }

  Scale x() {
    double last = grid.columnCount() == 0 ? 1 : grid.step(grid.columnCount() - 1);
    return new Scale(new Range(0, Math.max(1, last)), LEFT, width - RIGHT, false);
  }

  int rowAt(double y) {
    int row = (int) Math.floor((y - TOP) / rowHeight());
    return y < TOP || row >= grid.rows().size() ? -1 : row;
  }

  private double rowHeight() {
    return (height - TOP - BOTTOM) / Math.max(1, grid.rows().size());
  }

  private double rowY(int row) {
    return TOP + row * rowHeight();
  }

  private void cells() {
    Scale x = x();
    int n = grid.columnCount();
    double drawnTo = LEFT;
    for (int c = 0; c < n; c++) {
      // A measurement holds until the next one; the first also fills what lies before it.
      double right = c + 1 < n ? x.pixel((grid.step(c) + grid.step(c + 1)) / 2) : x.to();
      if (right - drawnTo < 1 && c + 1 < n) {
        continue;
      }
      for (int r = 0; r < grid.rows().size(); r++) {
        double value = grid.value(r, c);
        if (Double.isFinite(value)) {
          int rgb = ColourMap.rgb(colours.share(value));
          pen.cell(drawnTo, rowY(r), right - drawnTo + 0.5, rowHeight() + 0.5, rgb);
        }
      }
      drawnTo = right;
    }
  }

  private void rowLabels(int chosen) {
    int every = (int) Math.max(1, Math.ceil(13 / rowHeight()));
    for (int r = 0; r < grid.rows().size(); r++) {
      boolean near = chosen >= 0 && r != chosen && Math.abs(r - chosen) < every;
      if (r == chosen || r % every == 0 && !near) {
        Ink ink = r == chosen ? Ink.TEXT : Ink.MUTED;
        double y = rowY(r) + rowHeight() / 2;
        pen.text(shortened(grid.rows().get(r)), LEFT - 6, y, SMALL, Anchor.RIGHT, ink);
      }
    }
  }

  private void steps() {
    Scale x = x();
    Ticks ticks = Ticks.steps(x.range(), (int) Math.max(2, (x.to() - x.from()) / 48));
    for (int i = 0; i < ticks.values().size(); i++) {
      double at = x.pixel(ticks.values().get(i));
      pen.text(ticks.labels().get(i), at, height - BOTTOM + 13, SMALL, Anchor.CENTRE, Ink.MUTED);
    }
  }

  private void legend() {
    double left = width - RIGHT + 12;
    double bottom = height - BOTTOM;
    int bands = 48;
    double band = (bottom - TOP) / bands;
    for (int i = 0; i < bands; i++) {
      double y = bottom - (i + 1) * band;
      pen.cell(left, y, 10, band + 0.5, ColourMap.rgb((i + 0.5) / bands));
    }
    Scale y = new Scale(colours.range(), bottom, TOP, false);
    legendLabel(Ticks.stepLabel(colours.range().max()), left, TOP + 5);
    legendLabel(Ticks.stepLabel(colours.range().min()), left, bottom - 5);
    Ticks ticks = Ticks.linear(colours.range(), (int) Math.max(2, (bottom - TOP) / 26));
    for (int i = 0; i < ticks.values().size(); i++) {
      double at = y.pixel(ticks.values().get(i));
      if (at > TOP + 20 && at < bottom - 20) {
        legendLabel(ticks.labels().get(i), left, at);
      }
    }
    pen.text(colours.unit(), width, bottom + 13, SMALL, Anchor.RIGHT, Ink.MUTED);
  }

  private void legendLabel(String text, double left, double y) {
    pen.text(text, left + 15, y, SMALL, Anchor.LEFT, Ink.MUTED);
  }

  private void outline(double y, double rowHeight) {
    double bottom = y + rowHeight;
    double right = width - RIGHT;
    pen.line(LEFT, y, right, y, Ink.TEXT, 1.5, false);
    pen.line(LEFT, bottom, right, bottom, Ink.TEXT, 1.5, false);
    pen.line(LEFT, y, LEFT, bottom, Ink.TEXT, 1.5, false);
    pen.line(right, y, right, bottom, Ink.TEXT, 1.5, false);
  }

  private static String shortened(String name) {
    return name.length() <= 14 ? name : name.substring(0, 13) + "\u2026";
  }
}
