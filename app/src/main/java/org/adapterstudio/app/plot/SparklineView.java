package org.adapterstudio.app.plot;

/** A curve as small as a word: no axes, no mouse. */
public final class SparklineView extends CanvasPlot {
  private Series series = new Series();

  /** An empty line. */
  public SparklineView() {
    setMinSize(48, 16);
    setPrefSize(88, 20);
    setFocusTraversable(false);
    setMouseTransparent(true);
  }

  /** Shows a series. */
  public void show(Series shown) {
    series = shown;
    repaint();
  }

  @Override
  protected void paint(Pen pen, double width, double height) {
    Range range = Range.of(series, false, true);
    if (range == null || series.size() < 2) {
      return;
    }
    var x = new Scale(new Range(series.x(0), series.lastX()), 2, width - 2, false);
    var y = new Scale(range.padded(false), height - 2, 2, false);
    pen.polyline(Polyline.of(series, x, y), Ink.FIRST, 1.25, 1);
  }

  @Override
  public String csv() {
    var csv = new StringBuilder("x,y\n");
    for (int i = 0; i < series.size(); i++) {
      csv.append(series.x(i)).append(',').append(series.y(i)).append('\n');
    }
    return csv.toString();
  }

  @Override
  protected String summary() {
    return "";
  }

  @Override
  protected String title() {
    return "sparkline";
  }
}
