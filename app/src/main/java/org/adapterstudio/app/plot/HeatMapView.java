package org.adapterstudio.app.plot;

import java.util.Locale;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.scene.Cursor;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.adapterstudio.app.ui.Messages;

/** A heat map whose rows can be chosen by click, up and down. */
public final class HeatMapView extends StepPlot {
  private final IntegerProperty chosen = new SimpleIntegerProperty(-1);
  private HeatGrid grid = new HeatGrid();
  private HeatScale scale = new HeatScale(Range.UNIT, "");
  private String waiting = "";
  private double shownTo = -1;
  private int hovered = -1;

  /** A map that shows nothing yet. */
  public HeatMapView() {
    setCursor(Cursor.HAND);
    chosen.addListener((_, _, _) -> repaint());
    addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
    addEventHandler(MouseEvent.MOUSE_EXITED, _ -> hovered = -1);
    addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  /** Shows a grid, or the same after it grew. */
  public void show(HeatGrid shown, HeatScale colours, String waitingFor) {
    boolean same = shown == grid && colours.equals(scale) && shown.lastStep() == shownTo;
    grid = shown;
    scale = colours;
    waiting = waitingFor;
    shownTo = shown.lastStep();
    if (!same || grid.columnCount() == 0) {
      repaint();
    }
  }

  /** Index of the chosen row; -1 for none. */
  public IntegerProperty chosenProperty() {
    return chosen;
  }

  @Override
  protected void paint(Pen pen, double width, double height) {
    painter(pen, width, height).paint(waiting, chosen.get());
  }

  @Override
  protected void paintOverlay(Pen pen, double width, double height) {
    if (grid.columnCount() > 0) {
      paintBrush(pen, HeatPainter.TOP, height - HeatPainter.BOTTOM);
    }
    painter(pen, width, height).crosshair(read(), hovered >= 0 ? hovered : chosen.get());
  }

  @Override
  protected StepScale steps() {
    return HeatPainter.steps(grid, viewport(), Math.floor(getWidth()));
  }

  @Override
  public String csv() {
    var csv = new StringBuilder("step");
    axes().forEach(axis -> csv.append(',').append(PlotTable.header(axis)));
    grid.rows().forEach(name -> csv.append(',').append(name));
    for (int c = 0; c < grid.columnCount(); c++) {
      double step = grid.step(c);
      csv.append(String.format(Locale.ROOT, "%n%.0f", step));
      axes().forEach(axis -> csv.append(',').append(PlotTable.value(axis, step)));
      for (int r = 0; r < grid.rows().size(); r++) {
        csv.append(',').append(grid.value(r, c));
      }
    }
    return csv.append('\n').toString();
  }

  @Override
  protected String title() {
    return scale.unit();
  }

  @Override
  protected String summary() {
    int columns = grid.columnCount();
    if (columns == 0) {
      return waiting;
    }
    int row = Math.clamp(chosen.get(), 0, grid.rows().size() - 1);
    int column = Double.isNaN(read()) ? columns - 1 : Math.max(0, grid.columnAt(read()));
    return Messages.text(
        "plot.summary.heat",
        scale.unit(),
        grid.rows().size(),
        columns,
        grid.rows().get(row),
        Unit.RANK.text(grid.value(row, column)),
        Unit.whole(grid.step(column)));
  }

  private HeatPainter painter(Pen pen, double width, double height) {
    StepScale x = HeatPainter.steps(grid, viewport(), width);
    return new HeatPainter(pen, grid, scale, x, width, height);
  }

  private void hover(MouseEvent event) {
    hovered = painter(null, Math.floor(getWidth()), Math.floor(getHeight())).rowAt(event.getY());
    repaintOverlay();
  }

  private void click(MouseEvent event) {
    int row = painter(null, Math.floor(getWidth()), Math.floor(getHeight())).rowAt(event.getY());
    if (event.isStillSincePress() && row >= 0 && grid.columnCount() > 0) {
      chosen.set(row);
    }
  }

  private void key(KeyEvent event) {
    int to =
        switch (event.getCode()) {
          case UP -> chosen.get() - 1;
          case DOWN -> chosen.get() + 1;
          default -> -1;
        };
    if (to >= 0 && to < grid.rows().size() && !event.isAltDown()) {
      chosen.set(to);
      notifyAccessibleAttributeChanged(javafx.scene.AccessibleAttribute.TEXT);
      event.consume();
    }
  }
}
