package org.adapterstudio.app.plot;

import java.util.List;
import java.util.Locale;
import org.adapterstudio.app.plot.Pen.Anchor;
import org.adapterstudio.app.ui.Messages;

/** Bars of ranked values, such as singular values; the axis is given, so that time compares. */
public final class BarsView extends CanvasPlot {
  private static final double SMALL = 11;
  private List<Double> values = List.of();
  private double top = 1;
  private String title = "values";
  private String column = "value";
  private String waiting = "";
  private String caption = "";

  /** Shows singular values, largest first, under an axis that ends at {@code max}. */
  public void show(String name, List<Double> shown, double max, String waitingFor) {
    show(name, "singular_value", shown, max, waitingFor);
  }

  /**
   * Shows values under an axis that ends at {@code max}.
   *
   * @param exported name of their column in an export
   */
  public void show(
      String name, String exported, List<Double> shown, double max, String waitingFor) {
    title = name;
    column = exported;
    values = List.copyOf(shown);
    top = max > 0 ? max : 1;
    waiting = waitingFor;
    repaint();
  }

  /** Names the bars in a line above them. */
  public void caption(String text) {
    caption = text;
    repaint();
  }

  @Override
  protected void paint(Pen pen, double width, double height) {
    if (values.isEmpty()) {
      Caption.centred(pen, waiting, width, height);
      return;
    }
    var y = new Scale(new Range(0, top).padded(false), height - PlotFrame.BOTTOM, above(), false);
    Ticks ticks = Ticks.linear(y.range(), (int) Math.max(2, (height - 30) / 26));
    double right = width - 12;
    for (int i = 0; i < ticks.values().size(); i++) {
      double at = Math.round(y.pixel(ticks.values().get(i))) + 0.5;
      pen.line(PlotFrame.SIDE, at, right, at, Ink.GRID, 1, false);
      pen.text(ticks.labels().get(i), PlotFrame.SIDE - 6, at, SMALL, Anchor.RIGHT, Ink.MUTED);
    }
    pen.text(caption, right, 9.5, SMALL, Anchor.RIGHT, Ink.MUTED);
    bars(pen, y, right, height);
  }

  private double above() {
    return caption.isEmpty() ? 8 : PlotFrame.LEGEND;
  }

  private void bars(Pen pen, Scale y, double right, double height) {
    double slot = (right - PlotFrame.SIDE) / values.size();
    double bar = Math.max(1, Math.min(28, slot * 0.72));
    int every = (int) Math.max(1, Math.ceil(18 / slot));
    for (int i = 0; i < values.size(); i++) {
      double centre = PlotFrame.SIDE + (i + 0.5) * slot;
      double value = Double.isFinite(values.get(i)) ? values.get(i) : 0;
      double at = y.pixel(value);
      pen.box(centre - bar / 2, at, bar, y.from() - at, Ink.FIRST, 1);
      if (i % every == 0) {
        String rank = Integer.toString(i + 1);
        pen.text(rank, centre, height - PlotFrame.BOTTOM + 13, SMALL, Anchor.CENTRE, Ink.MUTED);
      }
    }
    pen.line(PlotFrame.SIDE, y.from() + 0.5, right, y.from() + 0.5, Ink.MUTED, 1, false);
  }

  @Override
  public String csv() {
    var csv = new StringBuilder("index,").append(column);
    for (int i = 0; i < values.size(); i++) {
      csv.append(String.format(Locale.ROOT, "%n%d,%s", i + 1, values.get(i)));
    }
    return csv.append('\n').toString();
  }

  @Override
  protected String summary() {
    return values.isEmpty()
        ? waiting
        : Messages.text(
            "plot.summary.bars",
            title,
            values.size(),
            Unit.NORM.text(values.getFirst()),
            Unit.NORM.text(values.getLast()));
  }

  @Override
  protected String title() {
    return title;
  }
}
