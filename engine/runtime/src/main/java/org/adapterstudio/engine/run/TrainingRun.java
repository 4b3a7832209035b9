package org.adapterstudio.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.Adjustments;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.engine.inspect.Directions;
import org.adapterstudio.engine.memory.NativeHeap;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.resize.RankChange;
import org.adapterstudio.engine.task.Lesson;
import org.adapterstudio.engine.task.Measure;
import org.adapterstudio.engine.train.NonFinite;
import org.adapterstudio.engine.train.Trainer;

/**
 * One engine's work on a run folder, from its lock to its last word. Fresh and resumed runs take
 * the same way; a resumed one starts from the newest sound checkpoint.
 */
final class TrainingRun {
  /** Batches in a row that may give no numbers before skipping them ends. */
  private static final int MOST_SKIPPED = 10;

  /** Steps between two looks at the memory. */
  private static final int MEMORY_STEPS = 100;

  private final RunFolder run;
  private final Recipe recipe;
  private final Journal journal;
  private final Heartbeat heartbeat;
  private final Inbox inbox;
  private final Orders orders;
  private final Disk disk;
  private final Saving saving;
  private Adjustments adjustments = new Adjustments(List.of());
  private Checkpoint.State state;
  private int skipped;
  private Directions directions;

  TrainingRun(RunFolder run, Journal journal, Heartbeat heartbeat, Disk disk) {
    this.run = run;
    this.recipe = run.recipe();
    this.journal = journal;
    this.heartbeat = heartbeat;
    this.disk = disk;
    this.inbox = new Inbox(run);
    this.orders = new Orders(inbox, journal);
    int keep = recipe.training().saveTotalLimit();
    this.saving = new Saving(run, journal, orders, disk, keep);
    this.state = new Checkpoint.State(0, null, 0, 0, recipe.adapter(), null);
  }

  /** Runs to the end, a stop, or a failure; the last word is in the log. */
  boolean go(Behind behind) {
    behind.state().ifPresent(stood -> state = stood);
    try {
      journal.announce(Event.Phase.of("loading"));
      takeUpAdjustments();
      Natives.start(
          recipe.training().device(),
          done -> journal.tell(new Event.Phase("unpacking", done, Natives.TOTAL_MEGABYTES, "MB")));
      disk.check(run, recipe);
      Threads.use(recipe.training().threads());
      journal.announce(Event.Phase.of("tokenizing"));
      var preparing = new Preparing(journal, inbox);
      try (Session session =
          Session.open(
              recipe,
              behind.amendments(),
              behind.checkpoint(),
              preparing,
              preparing::weightsLoaded,
              preparing::calibrated)) {
        session.trainer().adjust(adjustments::learningRateFactor);
        state = state.of(session.lesson().purpose(), session.model().settings());
        journal.tell(planned(session));
        warnOfCutRows(session);
        behind.restore(session.model(), session.trainer());
        try (var memory = new RunMemory(session);
            var turning = directions(session);
            var seal = RunSeal.begin(run, journal, behind, session)) {
          directions = turning;
          journal.tell(memory.rehearse(state.step()));
          return train(session, memory, seal);
        }
      }
    } catch (RuntimeException | Error e) {
      Failure failure = MemoryFailure.of(e, state.step(), recipe.training());
      if (failure.kind().equals("cancelled")) {
        return stopped();
      }
      journal.announce(new Event.Failed(state.step(), failure));
      return false;
    }
  }

  private void takeUpAdjustments() {
    String planned = recipe.training().onNonFinite();
    if (!List.of("stop", "skip").contains(planned)) {
      throw StudioException.badInput(
          "training.on_non_finite is \"" + planned + "\".", "It can be stop or skip.");
    }
    Adjustments.takeUp(run, state.step())
        .forEach(adjustment -> journal.tell(new Event.Adjusted(state.step(), adjustment)));
    adjustments = Adjustments.of(run);
  }

  private boolean train(Session session, RunMemory memory, RunSeal seal) {
    var samples = new Samples(session, journal);
    if (state.step() == 0) {
      measure(session, 0);
      samples.answer(0);
    }
    journal.announce(Event.Phase.of("training"));
    var deeds = new Between(session, memory);
    while (state.step() < session.totalSteps()) {
      if (orders.obey(deeds)) {
        return stopped();
      }
      int step = state.step() + 1;
      makeStep(session, step);
      if (step < session.totalSteps()) {
        lookAround(session, samples, step);
      }
      if (due(MEMORY_STEPS, step)) {
        memory.grown(step).ifPresent(journal::tell);
      }
    }
    return finish(session, samples, memory, seal);
  }

  private Directions directions(Session session) {
    return state.step() == 0
        ? Directions.begin(session.model(), run.directions())
        : Directions.resume(session.model(), run.directions());
  }

  /** What is due after a step that is not the last. */
  private void lookAround(Session session, Samples samples, int step) {
    Recipe.Training training = recipe.training();
    boolean best = due(training.evalSteps(), step) && measure(session, step);
    if (due(recipe.sampling().steps(), step)) {
      samples.answer(step);
    }
    if (due(training.saveSteps(), step)) {
      save(session, "schedule");
    } else if (best && training.saveSteps() > 0) {
      save(session, "best");
    }
  }

  private void makeStep(Session session, int step) {
    long start = System.nanoTime();
    try {
      Trainer.Outcome outcome = session.trainer().step(step, session.microBatches(step));
      stepMade(session, step, outcome, seconds(start));
    } catch (NonFinite e) {
      leaveOut(session, step, e, seconds(start));
    }
  }

  private void stepMade(Session session, int step, Trainer.Outcome outcome, double seconds) {
    journal.tell(
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
    skipped = 0;
    if (step == 1 || step == session.totalSteps() || due(recipe.training().spectrumSteps(), step)) {
      var layers = directions.measure();
      if (!layers.isEmpty()) {
        journal.tell(new Event.Spectrum(step, layers));
      }
    }
  }

  /**
   * A step without numbers moved nothing, so that the last good step is what is in memory: it is
   * saved before the run ends, or the run goes on behind the batch.
   */
  private void leaveOut(Session session, int step, NonFinite found, double seconds) {
    String choice = adjustments.onNonFinite(step, recipe.training().onNonFinite());
    boolean skip = choice.equals("skip") && skipped < MOST_SKIPPED;
    journal.tell(found.event(skip));
    if (skip) {
      skipped++;
      state = state.after(step, seconds);
      return;
    }
    if (state.step() > 0) {
      save(session, "last_good_step");
    }
    journal.tell(
        new Event.Warned(
            state.step(),
            "Step %d gave no numbers; step %d is the last good one.".formatted(step, state.step()),
            "non_finite",
            found.failure().sentence(),
            List.of(new Act.SkipBatches(), new Act.HalveLearningRate())));
    throw found;
  }

  /** What the inbox can ask between two steps. */
  private final class Between implements Orders.Deeds {
    private final Session session;
    private final RunMemory memory;

    Between(Session session, RunMemory memory) {
      this.session = session;
      this.memory = memory;
    }

    @Override
    public int step() {
      return state.step();
    }

    @Override
    public boolean endsEpoch() {
      int step = state.step();
      return step > 0 && Math.floor(session.epoch(step)) > Math.floor(session.epoch(step - 1));
    }

    @Override
    public boolean save(String reason) {
      return TrainingRun.this.save(session, reason);
    }

    @Override
    public void keepBest(int step) {
      exportCheckpoint(session, memory, step);
    }

    /** The checkpoint comes first: until it is whole, the command stays in the inbox. */
    @Override
    public void changeRanks(Map<String, Integer> ranks) {
      try {
        RankChange.of(session.model(), ranks, state.step(), recipe.training().seed())
            .carryOut(session.trainer())
            .ifPresent(
                changed -> {
                  state = state.of(session.lesson().purpose(), session.model().settings());
                  save("ranks");
                  journal.tell(changed);
                });
      } catch (StudioException e) {
        journal.tell(new Event.Warned(state.step(), e.failure().text()));
      }
    }

    @Override
    public void goOn() {
      saving.owed().ifPresent(this::save);
    }
  }

  /** Whether held-out rows were never done better. */
  private boolean measure(Session session, int step) {
    int rows = session.lesson().extent().evalRows();
    if (rows == 0) {
      return false;
    }
    journal.announce(Event.Phase.of("evaluating"));
    NativeHeap.trim(); // a forward pass alone needs other sizes than steps
    long start = System.nanoTime();
    boolean best =
        session
            .lesson()
            .evaluate(session.model())
            .map(measure -> measured(step, rows, measure, seconds(start)))
            .orElse(false);
    NativeHeap.trim();
    journal.announce(Event.Phase.of("training"));
    return best;
  }

  private boolean measured(int step, int rows, Measure measure, double seconds) {
    double loss = measure.loss();
    boolean best =
        Double.isFinite(loss) && (state.bestEvalLoss() == null || loss < state.bestEvalLoss());
    journal.tell(new Event.Evaluated(step, loss, rows, best, seconds, measure.scores()));
    if (best) {
      state = state.best(loss, step);
    }
    return best;
  }

  private boolean save(Session session, String reason) {
    boolean saved = saving.save(session, state, reason);
    if (saved) {
      directions.checkpointSaved();
    }
    return saved;
  }

  private void exportCheckpoint(Session session, RunMemory memory, int step) {
    Path folder = run.checkpoint(step);
    if (!Checkpoint.sound(folder)) {
      String sentence = "The checkpoint of step " + step + " is not there; nothing was exported.";
      journal.tell(new Event.Warned(state.step(), sentence));
      return;
    }
    journal.announce(Event.Phase.of("exporting"));
    try (AdaptedModel kept = Checkpoint.attach(session.base(), folder)) {
      var best = session.with(kept);
      new Result(run, best, Checkpoint.state(folder), memory.measured(step))
          .write()
          .forEach(journal::tell);
    }
  }

  private boolean finish(Session session, Samples samples, RunMemory memory, RunSeal seal) {
    measure(session, state.step());
    samples.answer(state.step());
    if (!save(session, "end") && orders.obey(new Between(session, memory))) {
      return stopped();
    }
    journal.announce(Event.Phase.of("exporting"));
    Event.MemoryMeasured peak = memory.measured(state.step());
    journal.tell(peak);
    new Result(run, session, state, peak).write().forEach(journal::tell);
    seal.results();
    journal.announce(new Event.Finished(state.step(), state.trainSeconds()));
    return true;
  }

  private boolean stopped() {
    inbox.letters().stream()
        .filter(letter -> !letter.command().lasts())
        .forEach(Inbox.Letter::done);
    journal.announce(new Event.Stopped(state.step()));
    return true;
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
      journal.tell(
          new Event.Warned(
              state.step(),
              "%d of %d rows are longer than data.max_length = %d tokens and lose their end."
                  .formatted(cut, extent.trainRows(), recipe.data().maxLength())));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
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
