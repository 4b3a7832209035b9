package org.adapterstudio.app.plot;

import java.util.List;
import org.adapterstudio.app.plot.Pen.Anchor;
import org.adapterstudio.app.ui.Messages;

/** How often values fall into equal bins, with a line where they are cut. */
public final class HistogramView extends CanvasPlot {
  private static final double SMALL = 11;
  private static final double LEFT = 8;
  private static final double BOTTOM = 20;
  private static final double TOP = 18;
  private Histogram bins = Histogram.of(List.of(), 1);
  private double limit = Double.NaN;
  private String title = "histogram";
  private String waiting = "";

  /** Shows whole values and the limit at which they are cut. */
  public void show(String name, List<Integer> values, double cutAt, String waitingFor) {
    title = name;
    bins = Histogram.of(values, 40);
    limit = cutAt;
    waiting = waitingFor;
    repaint();
  }

  @Override
  protected void paint(Pen pen, double width, double height) {
    if (bins.most() == 0) {
      Caption.centred(pen, waiting, width, height);
      return;
    }
    // A limit far right of the data is said in words; drawing it would flatten the bars.
    double end = limit <= bins.end() * 1.5 ? Math.max(bins.end(), limit * 1.05) : bins.end();
    var x = new Scale(new Range(0, end), LEFT, width - LEFT, false);
    var y = new Scale(new Range(0, bins.most()), height - BOTTOM, TOP, false);
    for (int i = 0; i < bins.counts().length; i++) {
      double left = x.pixel(i * bins.width());
      double right = x.pixel((i + 1) * bins.width());
      Ink ink = i * bins.width() >= limit ? Ink.DANGER : Ink.FIRST;
      double top = y.pixel(bins.counts()[i]);
      pen.box(left, top, Math.max(1, right - left - 1), y.from() - top, ink, 0.85);
    }
    pen.line(LEFT, y.from() + 0.5, width - LEFT, y.from() + 0.5, Ink.MUTED, 1, false);
    Ticks ticks = Ticks.steps(x.range(), (int) Math.max(2, width / 64));
    for (int i = 0; i < ticks.values().size(); i++) {
      double at = Math.clamp(x.pixel(ticks.values().get(i)), LEFT + 8, width - LEFT - 8);
      pen.text(ticks.labels().get(i), at, height - 8, SMALL, Anchor.CENTRE, Ink.MUTED);
    }
    if (x.range().contains(limit)) {
      double at = Math.round(x.pixel(limit)) + 0.5;
      pen.line(at, TOP, at, y.from(), Ink.DANGER, 1, true);
      boolean right = at > width / 2;
      String text = Messages.text("plot.cut", Unit.whole(limit));
      pen.text(text, at, 8, SMALL, right ? Anchor.RIGHT : Anchor.LEFT, Ink.DANGER);
    }
  }

  @Override
  public String csv() {
    var csv = new StringBuilder("from,count\n");
    for (int i = 0; i < bins.counts().length; i++) {
      csv.append(Unit.whole(i * bins.width())).append(',').append(bins.counts()[i]).append('\n');
    }
    return csv.toString();
  }

  @Override
  protected String summary() {
    return bins.most() == 0
        ? waiting
        : Messages.text("plot.summary.histogram", title, bins.counts().length, bins.most());
  }

  @Override
  protected String title() {
    return title;
  }
}
