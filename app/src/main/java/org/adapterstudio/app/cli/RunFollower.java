package org.adapterstudio.app.cli;

import java.util.concurrent.atomic.AtomicInteger;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;

/**
 * Watches a run by reading its files until its engine ends, and turns the end into an exit code.
 */
final class RunFollower {
  private static final long POLL_MILLIS = 100;
  private final Desk desk;
  private final RunFolder run;
  private final RunHistory history;
  private final ProgressLine progress;
  private final AtomicInteger interrupts = new AtomicInteger();

  RunFollower(Desk desk, RunFolder run) {
    this.desk = desk;
    this.run = run;
    this.history = new RunHistory(run);
    this.progress = new ProgressLine(desk.err(), desk.terminal());
  }

  /**
   * Attached: the first Ctrl-C saves and stops the run, the second leaves it running. What happened
   * before is not told again.
   */
  int attached() {
    history.refresh();
    try (var _ = desk.interrupts().listen(interrupts::incrementAndGet)) {
      int told = 0;
      while (true) {
        boolean live = history.state().live();
        history.refresh().forEach(this::tell);
        if (!live) {
          progress.clear();
          return end();
        }
        told = answerInterrupts(told);
        if (told > 1) {
          return Exit.INTERRUPTED;
        }
        pause();
      }
    }
  }

  /** Only watching: Ctrl-C ends the watching, never the run. */
  int watching() {
    history.refresh();
    while (true) {
      boolean live = history.state().live();
      history.refresh().forEach(this::tell);
      if (!live) {
        progress.clear();
        return end();
      }
      showPace();
      pause();
    }
  }

  /** The history read so far. */
  RunHistory history() {
    return history;
  }

  private int answerInterrupts(int told) {
    int asked = interrupts.get();
    if (asked > told && told == 0) {
      run.send(new Command.Stop());
      progress.say(
          "Stopping: the engine saves a checkpoint and ends. Ctrl-C again leaves it running.");
      return asked > 1 ? answerInterrupts(1) : 1;
    }
    if (asked > told) {
      String what =
          run.withdrawStops() ? "The run goes on by itself" : "The engine is already stopping";
      progress.say(what + ". To watch it again: " + reattach());
      return 2;
    }
    showPace();
    return told;
  }

  private void showPace() {
    Pace pace = Pace.of(history);
    var phase = history.last(Event.Phase.class);
    boolean training = phase.map(p -> p.phase().equals("training")).orElse(true);
    if (training) {
      progress.show(pace == null ? "waiting for the first step" : pace.line());
    } else {
      phase.ifPresent(
          p -> progress.show(Answers.counted(p.phase(), p.done(), p.total(), p.unit())));
    }
  }

  private void tell(EventLog.Entry entry) {
    switch (entry.event()) {
      case Event.Started e when e.fromStep() > 0 ->
          progress.say("Resumed behind step " + e.fromStep() + ".");
      case Event.Continued e -> progress.say(e.sentence());
      case Event.Planned e ->
          progress.say(
              "%d steps over %d rows; %s of %s parameters are trained."
                  .formatted(
                      e.totalSteps(),
                      e.trainRows(),
                      Words.count(e.trainableParameters()),
                      Words.count(e.totalParameters())));
      case Event.MemoryMeasured e -> progress.say("Memory: " + Words.memory(e) + ".");
      case Event.Evaluated e ->
          progress.say(
              "step %d: evaluation loss %s over %d rows%s%s"
                  .formatted(
                      e.step(),
                      Words.loss(e.evalLoss()),
                      e.rows(),
                      e.best() ? ", the best" : "",
                      e.scores().isEmpty() ? "" : "; " + Scores.words(e.scores())));
      case Event.CheckpointSaved e ->
          progress.say(
              "step %d: checkpoint %s, %s".formatted(e.step(), e.folder(), Words.size(e.bytes())));
      case Event.Exported e -> progress.say("Exported the " + e.what() + " to " + e.path());
      case Event.Warned e -> progress.say(("Warning: " + e.sentence() + " " + e.proof()).strip());
      case Event.NonFinite e when e.skipped() ->
          progress.say(
              "step %d: no numbers, skipped; data lines %s".formatted(e.step(), e.lines()));
      case Event.Adjusted e when e.adjustment().learningRateFactor() != null ->
          progress.say(
              "The learning rate is multiplied by " + e.adjustment().learningRateFactor() + ".");
      case Event.Adjusted _ -> progress.say("Batches without numbers are skipped.");
      case Event.Paused e ->
          progress.say(
              "Paused after step %d. `studio resume %s` goes on.".formatted(e.step(), run.name()));
      case Event.WentOn e -> progress.say("Went on behind step " + e.step() + ".");
      default -> {}
    }
  }

  private int end() {
    RunState state = history.state();
    switch (state) {
      case FINISHED -> progress.say("Finished %s at step %d.".formatted(run.name(), step()));
      case STOPPED ->
          progress.say(
              "Stopped at step %d. `studio resume %s` goes on.".formatted(step(), run.name()));
      case FAILED ->
          progress.say(
              "studio: "
                  + history.last(Event.Failed.class).map(e -> e.failure().text()).orElse(""));
      default -> progress.say("studio: " + lost().text());
    }
    if (state == RunState.FINISHED) {
      return Exit.OK;
    }
    return state == RunState.STOPPED && interrupts.get() > 0 ? Exit.INTERRUPTED : Exit.FAILURE;
  }

  private Failure lost() {
    String from =
        run.newestCheckpoint().map(step -> "behind its checkpoint at step " + step).orElse("anew");
    return new Failure(
        "engine_lost",
        "Engine lost: it ended without a last word at step " + step() + ".",
        "`studio resume " + run.name() + "` goes on " + from + "; the log is " + run.log() + ".",
        "");
  }

  private int step() {
    return history.step();
  }

  private String reattach() {
    return "`studio show " + run.name() + " --follow`";
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Ended(Exit.INTERRUPTED, "");
    }
  }
}
