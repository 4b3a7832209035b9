package org.adapterstudio.app.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.adapterstudio.app.ui.Messages;

/** Curves over steps on a canvas. */
public final class PlotView extends CanvasPlot {
  private static final Series NONE = new Series();
  private final ObjectProperty<PlotOptions> options =
      new SimpleObjectProperty<>(PlotOptions.DEFAULT);
  private final ChangeListener<Number> follow = (_, _, _) -> repaint();
  private PlotContent content =
      new PlotContent("plot", "", List.of(), null, NONE, NONE, Double.NaN);
  private Crosshair crosshair = new Crosshair();

  /** A plot that shows nothing yet. */
  public PlotView() {
    options.addListener((_, _, _) -> repaint());
    addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
    addEventHandler(MouseEvent.MOUSE_EXITED, _ -> crosshair.xProperty().set(Double.NaN));
    addEventHandler(MouseEvent.MOUSE_CLICKED, _ -> requestFocus());
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  /** Shows other content, or the same after it grew. */
  public void show(PlotContent shown) {
    content = shown;
    repaint();
  }

  /** What is shown. */
  public PlotContent content() {
    return content;
  }

  /** How it is looked at. */
  public ObjectProperty<PlotOptions> optionsProperty() {
    return options;
  }

  /** Joins plots that show the same step under the mouse. */
  public void share(Crosshair shared) {
    crosshair.xProperty().removeListener(follow);
    crosshair = shared;
    crosshair.xProperty().addListener(follow);
  }

  @Override
  protected void paint(Pen pen, double width, double height) {
    painter(pen, width, height).paint();
  }

  @Override
  protected void paintOverlay(Pen pen, double width, double height) {
    painter(pen, width, height).crosshair(crosshair.x());
  }

  @Override
  public String csv() {
    var columns = new ArrayList<>(content.curves());
    if (content.dots() != null) {
      columns.add(content.dots());
    }
    var rows = new TreeMap<Double, String[]>();
    for (int c = 0; c < columns.size(); c++) {
      Series series = columns.get(c).series();
      for (int i = 0; i < series.size(); i++) {
        rows.computeIfAbsent(series.x(i), _ -> new String[columns.size()])[c] =
            Double.toString(series.y(i));
      }
    }
    var csv = new StringBuilder("step");
    columns.forEach(curve -> csv.append(',').append(curve.name().replace(',', ' ')));
    rows.forEach(
        (step, values) -> {
          csv.append(String.format(Locale.ROOT, "%n%.0f", step));
          for (String value : values) {
            csv.append(',').append(value == null ? "" : value);
          }
        });
    return csv.append('\n').toString();
  }

  @Override
  protected String title() {
    return content.title();
  }

  @Override
  protected List<MenuItem> menuItems() {
    var log = new CheckMenuItem(Messages.text("plot.log"));
    log.setSelected(options.get().logY());
    log.setOnAction(_ -> options.set(options.get().withLogY(log.isSelected())));
    var outliers = new CheckMenuItem(Messages.text("plot.outliers"));
    outliers.setSelected(options.get().ignoreOutliers());
    outliers.setOnAction(_ -> options.set(options.get().withIgnoreOutliers(outliers.isSelected())));
    return List.of(log, outliers, new javafx.scene.control.SeparatorMenuItem());
  }

  private PlotPainter painter(Pen pen, double width, double height) {
    return new PlotPainter(pen, content, options.get(), width, height);
  }

  private void hover(MouseEvent event) {
    Scale x = PlotFrame.of(content, options.get(), getWidth(), getHeight()).x();
    double step = x.value(event.getX());
    crosshair.xProperty().set(x.range().contains(step) ? step : Double.NaN);
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.L && !event.isShortcutDown()) {
      options.set(options.get().withLogY(!options.get().logY()));
      event.consume();
    }
  }
}
