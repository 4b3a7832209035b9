package org.adapterstudio.app.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.run.seal.RunComparison;

/**
 * One run as it is compared.
 *
 * @param run its folder
 * @param name to show
 * @param recipe what it was told
 * @param state now
 * @param loss of every step
 * @param evaluations all that count
 * @param planned what would run; null while unknown
 * @param memory largest so far; null where not measured
 * @param spectrum measured last; null where none was
 * @param origins what its seal and its origin tell
 * @param seconds from the first start to the last event
 */
public record ComparedRun(
    RunFolder run,
    String name,
    Recipe recipe,
    RunState state,
    Series loss,
    List<Event.Evaluated> evaluations,
    Event.Planned planned,
    Event.MemoryMeasured memory,
    Event.Spectrum spectrum,
    RunComparison.Side origins,
    double seconds) {

  /** The last step made; 0 before the first. */
  public int step() {
    return loss.size() == 0 ? 0 : (int) loss.lastX();
  }

  /** The evaluation with the lowest loss; null before the first. */
  public Event.Evaluated best() {
    Event.Evaluated best = null;
    for (Event.Evaluated each : evaluations) {
      best = best == null || each.evalLoss() < best.evalLoss() ? each : best;
    }
    return best;
  }

  /** The lowest held-out loss, where one was measured and is a number. */
  public OptionalDouble bestLoss() {
    Event.Evaluated best = best();
    return best == null || !Double.isFinite(best.evalLoss())
        ? OptionalDouble.empty()
        : OptionalDouble.of(best.evalLoss());
  }

  /** The best value each score ever had. */
  public Map<String, Double> bestScores() {
    return Scores.best(evaluations.stream().map(Event.Evaluated::scores).toList());
  }

  /** Held-out loss over steps. */
  public Series heldOut() {
    var series = new Series();
    evaluations.forEach(each -> series.add(each.step(), each.evalLoss()));
    return series;
  }

  /** Each score over steps; shares in percent, as they are read. */
  public Map<String, Series> scores() {
    var all = new LinkedHashMap<String, Series>();
    for (Event.Evaluated each : evaluations) {
      each.scores()
          .forEach(
              (key, value) ->
                  all.computeIfAbsent(key, _ -> new Series())
                      .add(each.step(), Scores.share(key) ? 100 * value : value));
    }
    return all;
  }
}
