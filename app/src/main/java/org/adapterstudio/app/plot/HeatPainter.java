package org.adapterstudio.app.plot;

import java.util.Arrays;
import org.adapterstudio.app.plot.Pen.Anchor;
import org.adapterstudio.app.ui.Messages;

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
  private final StepScale x;
  private final double width;
  private final double height;

  HeatPainter(Pen pen, HeatGrid grid, HeatScale colours, StepScale x, double width, double height) {
    this.pen = pen;
    this.grid = grid;
    this.colours = colours;
    this.x = x;
    this.width = width;
    this.height = height;
  }

  /** Where steps lie on a map of this width. */
  static StepScale steps(HeatGrid grid, Viewport viewport, double width) {
    Abscissa over = viewport.overProperty().get();
    Range zoom = viewport.zoomProperty().get();
    double from = zoom == null ? over.start() : over.at(zoom.min());
    double to = over.at(zoom == null ? grid.lastStep() : zoom.max());
    var range = new Range(from, Math.max(from + 1, to));
    return new StepScale(new Scale(range, LEFT, width - RIGHT, false), over);
  }

  void paint(String waiting, int chosen) {
    if (grid.columnCount() == 0) {
      Caption.centred(pen, waiting, width, height);
      return;
    }
    cells();
    rowLabels(chosen);
    new StepAxis(pen, x).paint(height - BOTTOM);
    legend();
    if (chosen >= 0 && chosen < grid.rows().size()) {
      outline(rowY(chosen), rowHeight());
    }
  }

  void crosshair(double step, int row) {
    if (grid.columnCount() == 0 || !x.contains(step)) {
      return;
    }
    double at = x.pixel(step);
    pen.line(at, TOP, at, height - BOTTOM, Ink.TEXT, 1, false);
    int column = grid.columnAt(step);
    if (row >= 0 && row < grid.rows().size() && column >= 0) {
      String text = reading(row, column);
      double box = 16 + 6.2 * text.length();
      double left = Math.clamp(at - box / 2, 0, Math.max(0, width - box));
      double top = rowY(row) > height / 2 ? rowY(row) - 28 : rowY(row) + rowHeight() + 6;
      pen.box(left, top, box, 22, Ink.GRID, 1);
      pen.box(left + 1, top + 1, box - 2, 20, Ink.GROUND, 0.96);
      pen.text(text, left + 8, top + 11, SMALL, Anchor.LEFT, Ink.TEXT);
    }
  }

  private String reading(int row, int column) {
    return Messages.text(
        "plot.heat",
        grid.rows().get(row),
        Unit.whole(grid.step(column)),
        Unit.RANK.text(grid.value(row, column)),
        colours.unit());
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

  /** A measurement holds around its step; the first also fills what lies before it. */
  private void cells() {
    int columns = (int) Math.max(1, Math.round(x.to() - x.from()));
    int rows = grid.rows().size();
    int[] rgb = new int[rows * columns];
    Arrays.fill(rgb, -1);
    double pixel = (x.to() - x.from()) / columns;
    for (int c = 0; c < columns; c++) {
      int column = nearest(x.step(x.from() + (c + 0.5) * pixel));
      for (int r = 0; column >= 0 && r < rows; r++) {
        double value = grid.value(r, column);
        if (Double.isFinite(value)) {
          rgb[r * columns + c] = ColourMap.rgb(colours.share(value));
        }
      }
    }
    pen.cells(x.from(), TOP, x.to() - x.from(), rows * rowHeight(), rgb, columns);
  }

  private int nearest(double step) {
    int left = grid.columnAt(step);
    if (left < 0 || left + 1 == grid.columnCount()) {
      return left < 0 ? 0 : left;
    }
    return step - grid.step(left) < grid.step(left + 1) - step ? left : left + 1;
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
