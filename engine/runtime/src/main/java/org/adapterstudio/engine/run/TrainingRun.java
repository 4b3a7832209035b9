package org.adapterstudio.engine.run;

import java.util.List;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.inspect.Directions;
import org.adapterstudio.engine.memory.NativeHeap;
import org.adapterstudio.engine.resize.RankChange;
import org.adapterstudio.engine.task.Lesson;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;

/**
 * One engine's work on a run folder, from its lock to its last word. Fresh and resumed runs take
 * the same way; a resumed one starts from the newest sound checkpoint.
 */
final class TrainingRun {
  private final RunFolder run;
  private final Recipe recipe;
  private final EventLog log;
  private final Heartbeat heartbeat;
  private final Inbox inbox;
  private Checkpoint.State state;
  private Directions directions;
  private long told = System.nanoTime();

  TrainingRun(RunFolder run, EventLog log, Heartbeat heartbeat) {
    this.run = run;
    this.recipe = run.recipe();
    this.log = log;
    this.heartbeat = heartbeat;
    this.inbox = new Inbox(run);
    this.state = new Checkpoint.State(0, null, 0, 0, recipe.adapter(), null);
  }

  /** Runs to the end, a stop, or a failure; the last word is in the log. */
  boolean go(Behind behind) {
    behind.state().ifPresent(stood -> state = stood);
    try {
      announce(Event.Phase.of("loading"));
      Natives.start(
          recipe.training().device(),
          done -> log.append(new Event.Phase("unpacking", done, Natives.TOTAL_MEGABYTES, "MB")));
      Disk.check(run, recipe);
      Threads.use(recipe.training().threads());
      announce(Event.Phase.of("tokenizing"));
      try (Session session =
          Session.open(
              recipe,
              behind.amendments(),
              behind.checkpoint(),
              loadProgress(),
              this::weightsLoaded,
              this::calibrated)) {
        state = state.of(session.lesson().purpose(), session.model().settings());
        log.append(planned(session));
        warnOfCutRows(session);
        behind.restore(session.model(), session.trainer());
        try (var memory = new RunMemory(session);
            var turning = directions(session);
            var seal = RunSeal.begin(run, log, behind, session)) {
          directions = turning;
          tell(memory, memory.rehearse(state.step()));
          return train(session, memory, seal);
        }
      }
    } catch (RuntimeException | Error e) {
      Failure failure = MemoryFailure.of(e, state.step(), recipe.training());
      if (failure.kind().equals("cancelled")) {
        return stopped();
      }
      log.append(new Event.Failed(state.step(), failure));
      log.sync();
      return false;
    }
  }

  private void tell(RunMemory memory, Event.MemoryMeasured measured) {
    log.append(measured);
    memory.warning(measured).ifPresent(text -> log.append(new Event.Warned(state.step(), text)));
  }

  private boolean train(Session session, RunMemory memory, RunSeal seal) {
    var samples = new Samples(session, log);
    if (state.step() == 0) {
      measure(session, 0);
      samples.answer(0);
    }
    announce(Event.Phase.of("training"));
    while (state.step() < session.totalSteps()) {
      if (obey(session)) {
        return stopped();
      }
      int step = state.step() + 1;
      makeStep(session, step);
      boolean last = step == session.totalSteps();
      if (due(recipe.training().evalSteps(), step) && !last) {
        measure(session, step);
      }
      if (due(recipe.sampling().steps(), step) && !last) {
        samples.answer(step);
      }
      if (due(recipe.training().saveSteps(), step) && !last) {
        save(session, "schedule");
      }
    }
    return finish(session, samples, memory, seal);
  }

  private Directions directions(Session session) {
    return state.step() == 0
        ? Directions.begin(session.model(), run.directions())
        : Directions.resume(session.model(), run.directions());
  }

  private void makeStep(Session session, int step) {
    long start = System.nanoTime();
    List<Rows> rows = session.microBatches(step);
    Trainer.Outcome outcome = session.trainer().step(step, rows);
    double seconds = (System.nanoTime() - start) / 1e9;
    log.append(
        new Event.Step(
            step,
            outcome.loss(),
            outcome.learningRate(),
            outcome.gradNorm(),
            session.epoch(step),
            outcome.tokens(),
            outcome.tokens() / seconds,
            heartbeat.memory(),
            seconds));
    state = state.after(step, seconds);
    if (step == 1 || step == session.totalSteps() || due(recipe.training().spectrumSteps(), step)) {
      var layers = directions.measure();
      if (!layers.isEmpty()) {
        log.append(new Event.Spectrum(step, layers));
      }
    }
  }

  /** Carries out what was asked; true ends the run. */
  private boolean obey(Session session) {
    boolean stop = false;
    for (Inbox.Letter letter : inbox.letters()) {
      switch (letter.command()) {
        case Command.SaveNow _ -> save(session, "request");
        case Command.ChangeRanks change -> changeRanks(session, change);
        case Command.Stop _ -> {
          if (!stop) {
            save(session, "stop");
          }
          stop = true;
        }
      }
      letter.done();
    }
    return stop;
  }

  /** The checkpoint comes first: until it is whole, the command stays in the inbox. */
  private void changeRanks(Session session, Command.ChangeRanks change) {
    try {
      RankChange.of(session.model(), change.ranks(), state.step(), recipe.training().seed())
          .carryOut(session.trainer())
          .ifPresent(
              changed -> {
                state = state.of(session.lesson().purpose(), session.model().settings());
                save(session, "ranks");
                log.append(changed);
              });
    } catch (StudioException e) {
      log.append(new Event.Warned(state.step(), e.failure().text()));
    }
  }

  private void measure(Session session, int step) {
    int rows = session.lesson().extent().evalRows();
    if (rows == 0) {
      return;
    }
    announce(Event.Phase.of("evaluating"));
    NativeHeap.trim(); // a forward pass alone needs other sizes than steps
    long start = System.nanoTime();
    session
        .lesson()
        .evaluate(session.model())
        .ifPresent(
            measure -> {
              double loss = measure.loss();
              boolean best = state.bestEvalLoss() == null || loss < state.bestEvalLoss();
              double seconds = (System.nanoTime() - start) / 1e9;
              log.append(new Event.Evaluated(step, loss, rows, best, seconds, measure.scores()));
              if (best) {
                state = state.best(loss, step);
              }
            });
    NativeHeap.trim();
    announce(Event.Phase.of("training"));
  }

  private void save(Session session, String reason) {
    announce(Event.Phase.of("saving"));
    long start = System.nanoTime();
    long bytes = Checkpoint.write(run, state, session.model(), session.trainer());
    double seconds = (System.nanoTime() - start) / 1e9;
    log.append(
        new Event.CheckpointSaved(
            state.step(), RunFolder.STEP + state.step(), bytes, seconds, reason));
    Checkpoint.prune(run, recipe.training().saveTotalLimit(), state.bestStep());
    directions.checkpointSaved();
    announce(Event.Phase.of("training"));
  }

  private boolean finish(Session session, Samples samples, RunMemory memory, RunSeal seal) {
    measure(session, state.step());
    samples.answer(state.step());
    save(session, "end");
    announce(Event.Phase.of("exporting"));
    Event.MemoryMeasured peak = memory.measured(state.step());
    log.append(peak);
    new Result(run, session, state, peak).write().forEach(log::append);
    seal.results();
    log.append(new Event.Finished(state.step(), state.trainSeconds()));
    log.sync();
    return true;
  }

  private boolean stopped() {
    inbox.letters().stream()
        .filter(letter -> !letter.command().lasts())
        .forEach(Inbox.Letter::done);
    log.append(new Event.Stopped(state.step()));
    log.sync();
    return true;
  }

  private void announce(Event.Phase phase) {
    log.append(phase);
    log.sync();
  }

  private Event.Planned planned(Session session) {
    Lesson.Extent extent = session.lesson().extent();
    return new Event.Planned(
        session.totalSteps(),
        extent.trainRows(),
        extent.evalRows(),
        extent.skipped().size(),
        extent.cutRows(),
        session.model().attached().trainableCount(),
        session.base().network().parameterCount());
  }

  private void warnOfCutRows(Session session) {
    Lesson.Extent extent = session.lesson().extent();
    int cut = extent.cutRows();
    if (cut > 0) {
      log.append(
          new Event.Warned(
              state.step(),
              "%d of %d rows are longer than data.max_length = %d tokens and lose their end."
                  .formatted(cut, extent.trainRows(), recipe.data().maxLength())));
    }
  }

  /** Only quantizing takes long enough to be told. */
  private void weightsLoaded(int done, int total) {
    if (System.nanoTime() - told > 500_000_000L) {
      told = System.nanoTime();
      log.append(new Event.Phase("loading", done, total, "weights"));
    }
  }

  /** Batches that a start state has read; a stop that is asked for ends it. */
  private void calibrated(int done, int total) {
    if (inbox.stopAsked()) {
      throw new StudioException(new Failure("cancelled", "Calibrating was ended.", "", ""));
    }
    if (done == 0 || System.nanoTime() - told > 500_000_000L) {
      told = System.nanoTime();
      log.append(new Event.Phase("calibrating", Math.min(done, total), total, "batches"));
    }
  }

  private LoadProgress loadProgress() {
    return new LoadProgress() {
      @Override
      public void report(long done, long total) {
        if (System.nanoTime() - told > 500_000_000L) {
          told = System.nanoTime();
          log.append(new Event.Phase("tokenizing", done, total, "rows"));
        }
      }

      @Override
      public boolean cancelled() {
        return inbox.stopAsked();
      }
    };
  }

  private static boolean due(int every, int step) {
    return every > 0 && step % every == 0;
  }

  /** The failure of a run that needs no engine. */
  static StudioException nothingToDo(RunFolder run) {
    return StudioException.badInput(
        "The run " + run.name() + " is finished; there is nothing to resume.",
        "`studio extend " + run.name() + " --steps N` makes it longer.");
  }
}
