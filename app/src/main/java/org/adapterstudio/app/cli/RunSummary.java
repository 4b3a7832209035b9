package org.adapterstudio.app.cli;

import java.util.List;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;

/**
 * A run in a few numbers, as {@code show} and {@code runs} tell it.
 *
 * @param evalLoss of the last evaluation; null before the first
 * @param bestEvalLoss lowest of all evaluations; null before the first
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

  /** "12/60", or the step alone while the plan is unknown. */
  String steps() {
    return totalSteps == 0 ? String.valueOf(step) : step + "/" + totalSteps;
  }
}
