package org.adapterstudio.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.Adjustment;
import org.adapterstudio.contract.run.Adjustments;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunGuardsTest {
  private static final Event.Warned RISES =
      new Event.Warned(
          950,
          "The evaluation loss rises since step 800 (1.4120 \u2192 1.4870).",
          "evaluation_rises",
          "Best checkpoint: 800; it is kept.",
          List.of(new Act.StopKeepBest(800)));
  private static final Event.Warned CLIPPED =
      new Event.Warned(
          960,
          "The gradient norm was at the clip limit for 94 of 100 steps.",
          "clip_always_hit",
          "Steps 861 to 960: median norm 3.2, limit 1.",
          List.of(new Act.HalveLearningRate()));
  private static final Event.Warned RANK =
      new Event.Warned(
          970,
          "The effective rank is at most 3.1 of 8 in 20 of 24 layers.",
          "rank_far_below",
          "",
          List.of(new Act.PlanRank(4), new Act.Unknown()));

  @TempDir Path folder;
  private final FakeServices fakes = new FakeServices();
  private SyntheticRun made;

  @BeforeEach
  void create() {
    made = new SyntheticRun(folder.resolve("orders"), SyntheticRun.recipe());
    made.begin(2000).step(960, 2);
  }

  @Test
  void warningsAreCardsTheNewestFirstEachKindOnceWithTheActsOfTheState() {
    made.add(1, RISES).add(1, CLIPPED).add(1, new Event.Warned(965, "Rows are cut.")).add(1, RANK);
    made.add(1, CLIPPED).write();
    try (var lock = EngineLock.take(made.run()).orElseThrow()) {
      assertThat(lock).isNotNull();
      var cards = open().warnings().cards();
      assertThat(cards).extracting(WarningCard::warning).startsWith(CLIPPED, RANK).hasSize(4);
      assertThat(cards.get(1).acts()).containsExactly(new Act.PlanRank(4));
      assertThat(cards.getLast().acts()).containsExactly(new Act.StopKeepBest(800));
    }
    assertThat(open().warnings().cards().getLast().acts()).as("no engine to stop").isEmpty();
  }

  @Test
  void aWarningPutAwayStaysAwayAndOneSupersededByAResumeIsGone() {
    made.add(1, RISES).add(1, CLIPPED).write();
    RunViewModel run = open();
    run.warnings().dismiss(run.warnings().cards().getFirst());
    made.add(1, new Event.Phase("saving", 0, 0, "")).write();
    run.poll();
    assertThat(run.warnings().cards()).extracting(WarningCard::warning).containsExactly(RISES);
    made.add(1, new Event.Started(1, "0.1.0", "cpu", 2, 800)).write();
    run.poll();
    assertThat(run.warnings().cards()).isEmpty();
  }

  @Test
  void actsDoWhatTheySay() {
    made.add(1, RISES).add(1, CLIPPED).write();
    try (var lock = EngineLock.take(made.run()).orElseThrow()) {
      assertThat(lock).isNotNull();
      RunViewModel run = open();
      run.act(new Act.HalveLearningRate());
      assertThat(Adjustments.of(made.run()).all()).containsExactly(Adjustment.halfLearningRate());
      assertThat(run.warnings().cards().getFirst().acts()).as("asked once is enough").isEmpty();
      run.act(new Act.StopKeepBest(800));
      assertThat(made.run().asked())
          .extracting(RunFolder.Asked::command)
          .containsExactly(new Command.StopKeepBest(800));
      assertThat(run.headerProperty().get().state()).isEqualTo(RunState.STOPPING);
      run.act(new Act.PlanRank(4));
      assertThat(fakes.drafts.getLast().adapter().rank()).isEqualTo(4);
      assertThat(fakes.drafts.getLast().adapter().alpha()).isEqualTo(8.0);
      run.act(new Act.PlanBatch(2, 8));
      assertThat(fakes.drafts.getLast().training().perDeviceTrainBatchSize()).isEqualTo(2);
      assertThat(fakes.drafts.getLast().training().gradientAccumulationSteps()).isEqualTo(8);
    }
    open().act(new Act.SkipBatches());
    assertThat(Adjustments.of(made.run()).all()).hasSize(2);
    assertThat(fakes.launched).containsExactly(made.run());
  }

  @Test
  void twoWindowsOnOneRunSeeAndDoTheSame() {
    made.write();
    try (var lock = EngineLock.take(made.run()).orElseThrow()) {
      assertThat(lock).isNotNull();
      RunViewModel one = open();
      RunViewModel other = open();
      one.controls().pause();
      other.poll();
      assertThat(other.headerProperty().get().canPause()).isFalse();
      assertThat(other.headerProperty().get().notice().text()).startsWith("Pausing");
      carriedOut(new Event.Paused(960));
      look(one, other);
      assertThat(one.headerProperty().get()).isEqualTo(other.headerProperty().get());
      assertThat(one.headerProperty().get().state()).isEqualTo(RunState.PAUSED);
      other.controls().goOn();
      carriedOut(new Event.WentOn(960));
      one.controls().stopAfterEpoch();
      look(one, other);
      assertThat(other.headerProperty().get().notice().canWithdraw()).isTrue();
      other.controls().keepRunning();
      one.poll();
      assertThat(one.headerProperty().get().notice()).isEqualTo(RunNotice.NONE);
      one.controls().stop();
      other.controls().stop();
      assertThat(made.run().asked()).hasSize(2);
      carriedOut(new Event.Stopped(960));
    }
    RunViewModel late = open();
    assertThat(late.headerProperty().get().state()).isEqualTo(RunState.STOPPED);
  }

  @Test
  void aDiscardedRunCanBeTakenBack() {
    made.add(1, new Event.Stopped(960)).write();
    open().controls().discard();
    assertThat(made.run().path()).doesNotExist();
    assertThat(fakes.places).containsExactly("runs");
    assertThat(fakes.said.getLast()).contains("Discarded orders");
    fakes.offered.run();
    assertThat(RunHistory.of(made.run()).step()).isEqualTo(960);
    assertThat(fakes.places).containsExactly("runs", "run orders");
  }

  @Test
  void aLostEngineIsToldWithItsProcessAndItsLock() throws Exception {
    made.write();
    Files.writeString(made.run().heartbeat(), "");
    RunViewModel run = open();
    assertThat(run.troubleProperty().get().safe())
        .contains("No sign of life since", "process 8123 is", "its lock is not held.");
    assertThat(run.headerProperty().get().notice()).isEqualTo(RunNotice.NONE);
  }

  @Test
  void whatGuardsDidIsToldAmongTheEvents() {
    made.add(1, new Event.NonFinite(961, "loss", 1, List.of(3, 9), List.of(9), "q", true));
    made.add(1, new Event.Adjusted(961, Adjustment.halfLearningRate().takenUp(961)));
    made.add(1, new Event.Paused(961)).add(1, new Event.WentOn(961)).write();
    assertThat(open().events())
        .extracting(EventLine::sentence)
        .contains(
            "Step 961: the loss was NaN or infinite, data lines 9; the batch was skipped",
            "Behind step 961 the learning rate is multiplied by 0.5",
            "Paused after step 961",
            "Went on behind step 961");
  }

  private void carriedOut(Event event) {
    for (RunFolder.Asked asked : made.run().asked()) {
      asked.file().toFile().delete();
    }
    made.add(1, event).write();
  }

  private static void look(RunViewModel... windows) {
    for (RunViewModel window : windows) {
      window.poll();
    }
  }

  private RunViewModel open() {
    var run = new RunViewModel(fakes.direct(folder), made.run(), InstantSource.system());
    run.poll();
    return run;
  }
}
