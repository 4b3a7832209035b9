package org.adapterstudio.app.plot;

import java.util.List;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.adapterstudio.app.ui.Messages;

/** Curves over steps on a canvas. */
public final class PlotView extends StepPlot {
  private static final Series NONE = new Series();
  private final ObjectProperty<PlotOptions> options =
      new SimpleObjectProperty<>(PlotOptions.DEFAULT);
  private PlotContent content =
      new PlotContent("plot", "", List.of(), null, NONE, NONE, Double.NaN);
  private PlotFrame frame;

  /** A plot that shows nothing yet. */
  public PlotView() {
    options.addListener((_, _, _) -> repaint());
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

  @Override
  protected void paint(Pen pen, double width, double height) {
    if (smooth()) {
      Platform.runLater(this::repaint); // the rest of the new line, a piece each frame
    }
    PlotOptions seen = seen();
    frame = PlotFrame.of(content, seen, width, height);
    new PlotPainter(pen, content, seen, frame, width, height).paint();
  }

  @Override
  protected void paintOverlay(Pen pen, double width, double height) {
    if (!content.empty()) {
      paintBrush(pen, PlotFrame.top(content), height - PlotFrame.BOTTOM);
      new PlotPainter(pen, content, seen(), frame, width, height).crosshair(read());
    }
  }

  /** Brings smoothed lines up to date; whether there is more to do. */
  private boolean smooth() {
    boolean more = false;
    for (Curve curve : content.curves()) {
      more |= options.get().smooths(curve) && curve.series().smoothed().advance(smoothing());
    }
    return more;
  }

  private double smoothing() {
    return options.get().smoothing();
  }

  private PlotOptions seen() {
    return options.get().seen(viewport().overProperty().get(), viewport().zoomProperty().get());
  }

  @Override
  protected StepScale steps() {
    return frame == null ? PlotFrame.of(content, seen(), getWidth(), getHeight()).x() : frame.x();
  }

  @Override
  public String csv() {
    return new PlotTable(content, options.get(), axes()).csv();
  }

  @Override
  protected String title() {
    return content.title();
  }

  @Override
  protected String summary() {
    return PlotSummary.of(content, seen(), read());
  }

  @Override
  protected List<MenuItem> menuItems() {
    var log = new CheckMenuItem(Messages.text("plot.log"));
    log.setSelected(options.get().logY());
    log.setOnAction(_ -> options.set(options.get().withLogY(log.isSelected())));
    var outliers = new CheckMenuItem(Messages.text("plot.outliers"));
    outliers.setSelected(options.get().ignoreOutliers());
    outliers.setOnAction(_ -> options.set(options.get().withIgnoreOutliers(outliers.isSelected())));
    return List.of(log, outliers, new SeparatorMenuItem());
  }

  /** Puts the values on a log axis, or back. */
  public void switchLog() {
    options.set(options.get().withLogY(!options.get().logY()));
  }
}
