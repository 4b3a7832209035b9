package org.adapterstudio.app.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.run.RunHeader;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.run.Event;

/**
 * One result of several runs.
 *
 * @param name of the result
 * @param values in words, one for each run; empty where a run has none
 * @param best the run with the best value; -1 where there is none, or no better and worse
 */
public record ResultRow(String name, List<String> values, int best) {
  public ResultRow {
    values = List.copyOf(values);
  }

  /** Whether a run has the best value, or one that reads the same. */
  public boolean isBest(int run) {
    return best >= 0 && values.get(run).equals(values.get(best));
  }

  /** Every result that any of the runs has. */
  public static List<ResultRow> of(List<ComparedRun> runs) {
    var rows = new ArrayList<ResultRow>();
    rows.add(words("compare.result.state", runs, run -> RunHeader.stateWords(run.state())));
    rows.add(words("compare.result.steps", runs, ResultRow::steps));
    rows.add(
        number(
            Messages.text("compare.result.eval"),
            runs,
            run -> run.bestLoss().orElse(Double.NaN),
            ResultRow::evaluated,
            true));
    rows.add(words("compare.result.best_step", runs, ResultRow::bestStep));
    scores(runs).forEach(key -> rows.add(score(key, runs)));
    rows.add(words("compare.result.loss", runs, run -> lastLoss(run)));
    rows.add(words("compare.result.time", runs, ResultRow::time));
    rows.add(
        number(
            Messages.text("compare.result.memory"),
            runs,
            ResultRow::peak,
            ResultRow::memory,
            true));
    rows.add(
        number(
            Messages.text("compare.result.trained"),
            runs,
            ResultRow::parameters,
            ResultRow::trained,
            true));
    rows.removeIf(row -> row.values().stream().allMatch(String::isEmpty));
    return List.copyOf(rows);
  }

  private static Set<String> scores(List<ComparedRun> runs) {
    var keys = new LinkedHashSet<String>();
    runs.forEach(run -> keys.addAll(run.bestScores().keySet()));
    return keys;
  }

  private static ResultRow score(String key, List<ComparedRun> runs) {
    return number(
        Scores.title(key),
        runs,
        run -> run.bestScores().getOrDefault(key, Double.NaN),
        run ->
            run.bestScores().containsKey(key) ? Scores.value(key, run.bestScores().get(key)) : "",
        Scores.lowerIsBetter(key));
  }

  private static ResultRow words(
      String key, List<ComparedRun> runs, Function<ComparedRun, String> words) {
    return new ResultRow(Messages.text(key), runs.stream().map(words).toList(), -1);
  }

  private static ResultRow number(
      String name,
      List<ComparedRun> runs,
      ToDoubleFunction<ComparedRun> number,
      Function<ComparedRun, String> words,
      boolean lower) {
    int best = -1;
    boolean differ =
        runs.stream().mapToDouble(number).filter(Double::isFinite).distinct().count() > 1;
    for (int i = 0; i < runs.size() && differ; i++) {
      double value = number.applyAsDouble(runs.get(i));
      double before = best < 0 ? Double.NaN : number.applyAsDouble(runs.get(best));
      boolean better = lower ? value < before : value > before;
      best = Double.isFinite(value) && (best < 0 || better) ? i : best;
    }
    return new ResultRow(name, runs.stream().map(words).toList(), best);
  }

  private static String steps(ComparedRun run) {
    boolean whole = run.planned() == null || run.planned().totalSteps() == run.step();
    return whole
        ? Formats.whole(run.step())
        : Formats.whole(run.step()) + " / " + Formats.whole(run.planned().totalSteps());
  }

  private static String evaluated(ComparedRun run) {
    Event.Evaluated best = run.best();
    return best == null ? "" : Unit.LOSS.text(best.evalLoss());
  }

  private static String bestStep(ComparedRun run) {
    return run.best() == null ? "" : Formats.whole(run.best().step());
  }

  private static String lastLoss(ComparedRun run) {
    return run.loss().size() == 0 ? "" : Unit.LOSS.text(run.loss().lastY());
  }

  private static String time(ComparedRun run) {
    return run.seconds() == 0 ? "" : Formats.time(run.seconds());
  }

  private static double peak(ComparedRun run) {
    return run.memory() == null ? Double.NaN : run.memory().peakBytes();
  }

  private static String memory(ComparedRun run) {
    return run.memory() == null ? "" : Formats.memory(run.memory().peakBytes());
  }

  private static double parameters(ComparedRun run) {
    return run.planned() == null ? Double.NaN : run.planned().trainableParameters();
  }

  private static String trained(ComparedRun run) {
    return run.planned() == null ? "" : Formats.count(run.planned().trainableParameters());
  }
}
