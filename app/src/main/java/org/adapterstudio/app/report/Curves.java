package org.adapterstudio.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.adapterstudio.app.report.SvgChart.Point;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunHistory;

/** Loss and learning rate over the steps of a run. */
final class Curves {
  private static final double SMOOTHING = 0.6;
  private final RunHistory history;

  Curves(RunHistory history) {
    this.history = history;
  }

  /** Training loss raw and smoothed, evaluation loss as dots. */
  String loss() {
    var raw = steps().map(step -> new Point(step.step(), step.loss())).toList();
    var evaluated =
        history.all(Event.Evaluated.class).stream()
            .map(e -> new Point(e.step(), e.evalLoss()))
            .toList();
    var all = Stream.concat(raw.stream(), evaluated.stream()).toList();
    return new SvgChart("Loss over steps", all)
        .line(raw, "raw")
        .line(smooth(raw), "smooth")
        .dots(evaluated, "eval")
        .svg();
  }

  /** Learning rate, never smoothed. */
  String learningRate() {
    var rates = steps().map(step -> new Point(step.step(), step.learningRate())).toList();
    return new SvgChart("Learning rate over steps", rates).line(rates, "rate").svg();
  }

  /** One score of every evaluation, in percent where it is a share. */
  String score(String key) {
    double scale = Scores.share(key) ? 100 : 1;
    var points =
        history.all(Event.Evaluated.class).stream()
            .filter(e -> e.scores().containsKey(key))
            .map(e -> new Point(e.step(), scale * e.scores().get(key)))
            .toList();
    String unit = scale == 1 ? "" : " in percent";
    return new SvgChart(Scores.title(key) + unit + " over steps", points)
        .line(points, "smooth")
        .dots(points, "eval")
        .svg();
  }

  private Stream<Event.Step> steps() {
    return history.all(Event.Step.class).stream();
  }

  /** Exponential mean with the start's bias taken out, as TensorBoard draws it. */
  static List<Point> smooth(List<Point> raw) {
    return smooth(raw, SMOOTHING);
  }

  /** The same with another weight of what came before. */
  static List<Point> smooth(List<Point> raw, double w) {
    var smooth = new ArrayList<Point>();
    double mean = 0;
    int seen = 0;
    for (Point point : raw) {
      if (Double.isFinite(point.y())) {
        mean = w * mean + (1 - w) * point.y();
        seen++;
        smooth.add(new Point(point.x(), mean / (1 - Math.pow(w, seen))));
      } else {
        smooth.add(point);
      }
    }
    return smooth;
  }
}
