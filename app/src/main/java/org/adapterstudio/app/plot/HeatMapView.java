package org.adapterstudio.app.plot;

import java.util.Locale;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.value.ChangeListener;
import javafx.scene.Cursor;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/** A heat map whose rows can be chosen by click, up and down. */
public final class HeatMapView extends CanvasPlot {
  private final IntegerProperty chosen = new SimpleIntegerProperty(-1);
  private final ChangeListener<Number> follow = (_, _, _) -> repaint();
  private HeatGrid grid = new HeatGrid();
  private HeatScale scale = new HeatScale(Range.UNIT, "");
  private Crosshair crosshair = new Crosshair();
  private String waiting = "";
  private int hovered = -1;

  /** A map that shows nothing yet. */
  public HeatMapView() {
    setCursor(Cursor.HAND);
    chosen.addListener((_, _, _) -> repaint());
    addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
    addEventHandler(MouseEvent.MOUSE_EXITED, _ -> leave());
    addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  /** Shows a grid, or the same after it grew. */
  public void show(HeatGrid shown, HeatScale colours, String waitingFor) {
    grid = shown;
    scale = colours;
    waiting = waitingFor;
    repaint();
  }

  /** Index of the chosen row; -1 for none. */
  public IntegerProperty chosenProperty() {
    return chosen;
  }

  /** Joins plots that show the same step under the mouse. */
  public void share(Crosshair shared) {
    crosshair.xProperty().removeListener(follow);
    crosshair = shared;
    crosshair.xProperty().addListener(follow);
  }

  @Override
  protected void paint(Pen pen, double width, double height) {
    painter(pen, width, height).paint(waiting, chosen.get());
  }

  @Override
  protected void paintOverlay(Pen pen, double width, double height) {
    painter(pen, width, height).crosshair(crosshair.x(), hovered);
  }

  @Override
  public String csv() {
    var csv = new StringBuilder("step");
    grid.rows().forEach(name -> csv.append(',').append(name));
    for (int c = 0; c < grid.columnCount(); c++) {
      csv.append(String.format(Locale.ROOT, "%n%.0f", grid.step(c)));
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

  private HeatPainter painter(Pen pen, double width, double height) {
    return new HeatPainter(pen, grid, scale, width, height);
  }

  private void hover(MouseEvent event) {
    HeatPainter painter = painter(null, getWidth(), getHeight());
    double step = painter.x().value(event.getX());
    hovered = painter.rowAt(event.getY());
    crosshair.xProperty().set(painter.x().range().contains(step) ? step : Double.NaN);
    repaint();
  }

  private void leave() {
    hovered = -1;
    crosshair.xProperty().set(Double.NaN);
  }

  private void click(MouseEvent event) {
    requestFocus();
    int row = painter(null, getWidth(), getHeight()).rowAt(event.getY());
    if (row >= 0 && grid.columnCount() > 0) {
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
    if (to >= 0 && to < grid.rows().size()) {
      chosen.set(to);
      event.consume();
    }
  }
}
