package org.adapterstudio.app.cli;

import java.util.List;
import java.util.Map;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;

/**
 * A run in a few numbers, as {@code show} and {@code runs} tell it.
 *
 * @param evalLoss of the last evaluation; null before the first
 * @param bestEvalLoss lowest of all evaluations; null before the first
 * @param scores of the last evaluation by name; null where the task has none
 * @param bestScores of all evaluations by name; null where the task has none
 * @param secondsLeft null while nothing is known or nothing runs
 * @param memory largest so far beside the plan; null before it was measured
 * @param failure null unless failed
 */
record RunSummary(
    String name,
    String folder,
    String state,
    boolean live,
    int step,
    int totalSteps,
    Double loss,
    Double evalLoss,
    Double bestEvalLoss,
    Map<String, Double> scores,
    Map<String, Double> bestScores,
    Double secondsLeft,
    List<Integer> checkpoints,
    String adapter,
    Event.MemoryMeasured memory,
    Failure failure) {

  static RunSummary of(RunFolder run) {
    return of(run, RunHistory.of(run));
  }

  static RunSummary of(RunFolder run, RunHistory history) {
    var state = history.state();
    var pace = Pace.of(history);
    var evaluations = history.all(Event.Evaluated.class);
    return new RunSummary(
        run.name(),
        run.path().toString(),
        state.words(),
        state.live(),
        history.step(),
        history.last(Event.Planned.class).map(Event.Planned::totalSteps).orElse(0),
        pace == null ? null : (Double) pace.last().loss(),
        evaluations.isEmpty() ? null : (Double) evaluations.getLast().evalLoss(),
        evaluations.stream().map(Event.Evaluated::evalLoss).min(Double::compare).orElse(null),
        evaluations.isEmpty() ? null : orNull(evaluations.getLast().scores()),
        orNull(Scores.best(evaluations.stream().map(Event.Evaluated::scores).toList())),
        pace == null || !state.live() ? null : (Double) pace.secondsLeft(),
        run.checkpointSteps(),
        java.nio.file.Files.isDirectory(run.adapter()) ? run.adapter().toString() : null,
        history.last(Event.MemoryMeasured.class).orElse(null),
        history
            .last(Event.Failed.class)
            .filter(_ -> state == org.adapterstudio.contract.run.RunState.FAILED)
            .map(Event.Failed::failure)
            .orElse(null));
  }

  private static Map<String, Double> orNull(Map<String, Double> scores) {
    return scores.isEmpty() ? null : scores;
  }

  /** The task's first score in words; a dash where there is none. */
  String score() {
    return scores == null
        ? "-"
        : scores.entrySet().stream()
            .findFirst()
            .map(first -> Scores.words(Map.of(first.getKey(), first.getValue())))
            .orElse("-");
  }

  /** "12/60", or the step alone while the plan is unknown. */
  String steps() {
    return totalSteps == 0 ? String.valueOf(step) : step + "/" + totalSteps;
  }
}
