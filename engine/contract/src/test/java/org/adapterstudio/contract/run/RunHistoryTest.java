package org.adapterstudio.contract.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.recipe.Recipe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
  @TempDir Path folder;
  private RunFolder run;

  @BeforeEach
  void create() {
    run = RunFolder.create(folder.resolve("one"), recipe());
  }

  @Test
  void aRunThatNeverStartedIsWaiting() {
    assertThat(state()).isEqualTo(RunState.WAITING);
  }

  @Test
  void theStateOfADeadEngineIsItsLastWordOrLost() {
    write(new Event.Started(1, "", "cpu", 1, 0), EventLogTest.step(1, 2));
    assertThat(state()).isEqualTo(RunState.ENGINE_LOST);
    write(new Event.Stopped(1));
    assertThat(state()).isEqualTo(RunState.STOPPED);
    write(new Event.Failed(1, Failure.badInput("a", "b")));
    assertThat(state()).isEqualTo(RunState.FAILED);
    write(new Event.Finished(1, 2));
    assertThat(state()).isEqualTo(RunState.FINISHED);
  }

  @Test
  void theLockMakesARunLiveAndAStopInTheInboxMakesItStopping() {
    write(new Event.Started(1, "", "cpu", 1, 0));
    try (EngineLock lock = EngineLock.take(run).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(state()).isEqualTo(RunState.STARTING);
      write(EventLogTest.step(1, 2));
      assertThat(state()).isEqualTo(RunState.TRAINING);
      write(Event.Phase.of("saving"));
      assertThat(state()).isEqualTo(RunState.SAVING);
      run.send(new Command.Stop());
      assertThat(state()).isEqualTo(RunState.STOPPING);
    }
    assertThat(state()).isEqualTo(RunState.ENGINE_LOST);
  }

  @Test
  void aRunIsPausedUntilItGoesOnWhateverIsWrittenMeanwhile() {
    write(new Event.Started(1, "", "cpu", 1, 0), EventLogTest.step(1, 2), new Event.Paused(1));
    try (EngineLock lock = EngineLock.take(run).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(state()).isEqualTo(RunState.PAUSED);
      write(Event.Phase.of("saving"));
      assertThat(state()).isEqualTo(RunState.SAVING);
      write(new Event.CheckpointSaved(1, "step-1", 9, 0.1, "request"), Event.Phase.of("training"));
      assertThat(state()).isEqualTo(RunState.PAUSED);
      run.send(new Command.StopAfterEpoch());
      assertThat(state()).isEqualTo(RunState.PAUSED);
      run.send(new Command.End());
      assertThat(state()).isEqualTo(RunState.STOPPING);
      assertThat(run.withdrawStops()).isTrue();
      write(new Event.WentOn(1));
      assertThat(state()).isEqualTo(RunState.TRAINING);
      write(new Event.Paused(1));
    }
    assertThat(state()).isEqualTo(RunState.ENGINE_LOST);
    write(new Event.Started(2, "", "cpu", 1, 1), Event.Phase.of("calibrating"));
    try (EngineLock lock = EngineLock.take(run).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(state()).isEqualTo(RunState.CALIBRATING);
    }
  }

  @Test
  void adjustmentsHoldForTheStepsBehindTheOneAtWhichAnEngineTookThemUp() {
    Adjustments.add(run, Adjustment.halfLearningRate());
    assertThat(Adjustments.of(run).learningRateFactor(9)).isEqualTo(1);
    assertThat(Adjustments.of(run).learningRatePending()).isTrue();
    assertThat(Adjustments.takeUp(run, 8)).hasSize(1);
    assertThat(Adjustments.takeUp(run, 20)).isEmpty();
    Adjustments.add(run, Adjustment.halfLearningRate());
    Adjustments.add(run, Adjustment.skippingNonFinite());
    Adjustments.takeUp(run, 30);
    Adjustments adjustments = Adjustments.of(run);
    assertThat(adjustments.learningRateFactor(8)).isEqualTo(1);
    assertThat(adjustments.learningRateFactor(9)).isEqualTo(0.5);
    assertThat(adjustments.learningRateFactor(31)).isEqualTo(0.25);
    assertThat(adjustments.onNonFinite(30, "stop")).isEqualTo("stop");
    assertThat(adjustments.onNonFinite(31, "stop")).isEqualTo("skip");
    assertThat(adjustments.learningRatePending()).isFalse();
  }

  @Test
  void aDiscardedRunComesBackWholeAlsoWhereItsNameIsTakenMeanwhile() {
    write(new Event.Started(1, "", "cpu", 1, 0), EventLogTest.step(1, 2), new Event.Stopped(1));
    try (EngineLock lock = EngineLock.take(run).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> Trash.discard(run)).hasMessageContaining("An engine is at work");
    }
    Trash.Discarded discarded = Trash.discard(run);
    assertThat(run.path()).doesNotExist();
    RunFolder.create(run.path(), recipe());
    RunFolder back = Trash.restore(Trash.of(discarded.folder()));
    assertThat(back.name()).isEqualTo("one-2");
    assertThat(RunHistory.of(back).step()).isEqualTo(1);
    assertThatThrownBy(() -> Trash.of(back.path())).hasMessageContaining("not a discarded run");
  }

  @Test
  void stepsPastTheRestoredCheckpointAreSupersededAndStayInTheFile() {
    write(
        new Event.Started(1, "", "cpu", 1, 0),
        EventLogTest.step(1, 3),
        EventLogTest.step(2, 2),
        EventLogTest.step(3, 1));
    var history = RunHistory.of(run);
    assertThat(history.step()).isEqualTo(3);
    write(new Event.Started(2, "", "cpu", 1, 2), EventLogTest.step(3, 0.5));
    history.refresh();
    assertThat(history.all(Event.Step.class))
        .extracting(Event.Step::loss)
        .containsExactly(3.0, 2.0, 0.5);
    assertThat(EventLog.readAll(run.events())).hasSize(6);
  }

  @Test
  void aStopThatNobodyTookCanBeTakenBackOtherCommandsStay() throws java.io.IOException {
    run.send(new Command.SaveNow());
    run.send(new Command.Stop());
    assertThat(run.withdrawStops()).isTrue();
    assertThat(run.withdrawStops()).isFalse();
    try (var letters = java.nio.file.Files.list(run.inbox())) {
      assertThat(letters).hasSize(1);
    }
  }

  @Test
  void aFolderThatAlreadyIsARunIsNotOverwritten() {
    assertThatThrownBy(() -> RunFolder.create(run.path(), recipe()))
        .hasMessageContaining("already holds a run");
  }

  @Test
  void anOrdinaryFolderIsNoRun() {
    assertThatThrownBy(() -> RunFolder.open(folder)).hasMessageContaining("no recipe.json");
  }

  @Test
  void aFreshFolderNeverReusesAName() {
    assertThat(Runs.fresh(folder, "one").getFileName()).hasToString("one-2");
    assertThat(Runs.fresh(folder, "../evil name").getFileName()).hasToString("evil-name");
    assertThat(Runs.fresh(folder, "").getFileName()).hasToString("run");
  }

  @Test
  void anUnknownNameSaysHowToListRuns() {
    assertThatThrownBy(() -> Runs.find("nobody", folder)).hasMessageContaining("`studio runs`");
  }

  private void write(Event... events) {
    try (EventLog log = EventLog.open(run.events())) {
      for (Event event : events) {
        log.append(event);
      }
    }
  }

  private RunState state() {
    return RunHistory.of(run).state();
  }

  private static Recipe recipe() {
    return new Recipe(1, null, null, null, null, null, null);
  }
}
