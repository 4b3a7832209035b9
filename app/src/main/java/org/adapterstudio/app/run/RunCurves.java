package org.adapterstudio.app.run;

import java.util.List;
import org.adapterstudio.app.plot.Curve;
import org.adapterstudio.app.plot.Ink;
import org.adapterstudio.app.plot.PlotContent;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Scores;

/**
 * What the plots of a run show; only the loss is ever smoothed.
 *
 * @param record of the run
 * @param clip where gradients are cut; 0 for nowhere
 */
record RunCurves(RunRecord record, double clip) {
  PlotContent loss() {
    return content(
        text("run.card.loss"),
        List.of(Curve.plain(text("run.series.loss"), record.loss, Ink.FIRST, Unit.LOSS).smoothed()),
        Curve.plain(text("run.series.eval"), record.evalLoss, Ink.SECOND, Unit.LOSS),
        Double.NaN);
  }

  PlotContent rate() {
    return single("run.card.rate", "run.series.rate", record.learningRate, Unit.RATE, Double.NaN);
  }

  PlotContent norm() {
    double limit = clip > 0 ? clip : Double.NaN;
    return single("run.card.norm", "run.series.norm", record.gradNorm, Unit.NORM, limit);
  }

  PlotContent speed() {
    Curve memory = Curve.plain(text("run.series.memory"), record.memoryGib, Ink.SECOND, Unit.GIB);
    Curve speed =
        Curve.plain(text("run.series.speed"), record.tokensPerSecond, Ink.FIRST, Unit.SPEED);
    List<Curve> curves = List.of(speed, memory.onTheRight());
    return content(text("run.card.speed"), curves, null, Double.NaN);
  }

  PlotContent scores() {
    String first = record.scores.firstEntry().getKey();
    return content(Scores.title(first), ScoreCurves.of(record.scores), null, Double.NaN);
  }

  PlotContent drift() {
    Directions turned = record.directions;
    List<Curve> curves =
        List.of(
            Curve.plain(text("run.series.drift"), turned.meanDrift, Ink.FIRST, Unit.NORM),
            Curve.plain(text("run.series.drift.max"), turned.maxDrift, Ink.SECOND, Unit.NORM));
    return new PlotContent(
        text("run.card.drift"),
        text("run.wait.drift"),
        curves,
        null,
        record.checkpoints,
        record.resumes,
        Double.NaN);
  }

  private PlotContent single(String title, String name, Series series, Unit unit, double limit) {
    List<Curve> curves = List.of(Curve.plain(text(name), series, Ink.FIRST, unit));
    return content(text(title), curves, null, limit);
  }

  private PlotContent content(String title, List<Curve> curves, Curve dots, double limit) {
    return new PlotContent(
        title,
        text(record.imported() ? "run.wait.untold" : "run.wait.step"),
        curves,
        dots,
        record.checkpoints,
        record.resumes,
        limit);
  }

  private static String text(String key) {
    return Messages.text(key);
  }
}
