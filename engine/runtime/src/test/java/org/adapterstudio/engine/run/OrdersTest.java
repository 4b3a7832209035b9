package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.adapterstudio.contract.run.Adjustment;
import org.adapterstudio.contract.run.Adjustments;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.export.AdapterFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nine steps are a pass over the rows; checkpoints come at every third step. */
@Timeout(120)
class OrdersTest {
  @TempDir Path folder;
  private PicoProject project;

  @BeforeEach
  void makeProject() {
    project = new PicoProject(folder);
  }

  @Test
  void aPausedRunMakesNoStepsSavesWhenAskedAndGoesOnAlongTheSameTrajectory() throws Exception {
    RunFolder whole = project.run("whole");
    assertThat(RunEngine.run(whole.path())).isTrue();
    RunFolder run = project.run("paused");
    run.send(new Command.Pause());
    var engine = CompletableFuture.supplyAsync(() -> RunEngine.run(run.path()));
    await(run, Event.Paused.class::isInstance);
    run.send(new Command.SaveNow());
    await(run, Event.CheckpointSaved.class::isInstance);
    assertThat(events(run)).noneMatch(Event.Step.class::isInstance);
    run.send(new Command.GoOn());
    assertThat(engine.get(60, TimeUnit.SECONDS)).isTrue();
    assertThat(losses(run)).isEqualTo(losses(whole)).hasSize(12);
    assertThat(RunHistory.of(run).last(Event.WentOn.class)).contains(new Event.WentOn(0));
  }

  @Test
  void aPausedRunCanBeStoppedAndKeepsItsCheckpoint() throws Exception {
    RunFolder run = project.run("paused");
    run.send(new Command.Pause());
    var engine = CompletableFuture.supplyAsync(() -> RunEngine.run(run.path()));
    await(run, Event.Paused.class::isInstance);
    run.send(new Command.Stop());
    run.send(new Command.Stop());
    assertThat(engine.get(60, TimeUnit.SECONDS)).isTrue();
    var history = RunHistory.of(run);
    assertThat(history.state()).isEqualTo(RunState.STOPPED);
    assertThat(history.all(Event.CheckpointSaved.class)).hasSize(1);
    assertThat(run.asked()).isEmpty();
  }

  @Test
  void stopsVerbsDoWhatTheySayAndSettingsChangeBehindTheStop() {
    RunFolder whole = project.run("whole");
    assertThat(RunEngine.run(whole.path())).isTrue();
    RunFolder run = project.run("stopped");
    run.send(new Command.StopAfterEpoch());
    assertThat(RunEngine.run(run.path())).isTrue();
    assertThat(lastWord(run)).isEqualTo(new Event.Stopped(9));
    assertThat(run.checkpointSteps()).contains(6, 9);

    run.send(new Command.StopKeepBest(6));
    assertThat(RunEngine.run(run.path())).isTrue();
    assertThat(lastWord(run)).isEqualTo(new Event.Stopped(9));
    var kept = AdapterFolder.tensors(run.checkpoint(6).resolve("trained.safetensors"));
    var exported = AdapterFolder.tensors(run.adapter().resolve("adapter_model.safetensors"));
    assertThat(exported).hasSameSizeAs(kept);
    kept.forEach((name, values) -> assertThat(exported.get(name).data()).isEqualTo(values.data()));

    int saved = RunHistory.of(run).all(Event.CheckpointSaved.class).size();
    run.send(new Command.End());
    assertThat(RunEngine.run(run.path())).isTrue();
    assertThat(lastWord(run)).isEqualTo(new Event.Stopped(9));
    assertThat(RunHistory.of(run).all(Event.CheckpointSaved.class)).hasSize(saved);

    Adjustments.add(run, Adjustment.halfLearningRate());
    assertThat(RunEngine.run(run.path())).isTrue();
    List<Double> rates = rates(run);
    assertThat(rates.subList(0, 9)).isEqualTo(rates(whole).subList(0, 9));
    for (int step = 9; step < 12; step++) {
      assertThat(rates.get(step)).isEqualTo(rates(whole).get(step) / 2);
    }
    assertThat(RunHistory.of(run).last(Event.Adjusted.class).orElseThrow().step()).isEqualTo(9);
  }

  private static void await(RunFolder run, Predicate<Event> event) throws InterruptedException {
    while (events(run).stream().noneMatch(event)) {
      Thread.sleep(20);
    }
  }

  /** Without a look at the lock, which this very process holds. */
  private static List<Event> events(RunFolder run) {
    return EventLog.readAll(run.events()).stream().map(EventLog.Entry::event).toList();
  }

  private static Event lastWord(RunFolder run) {
    return events(run).getLast();
  }

  private static List<Double> losses(RunFolder run) {
    return RunHistory.of(run).all(Event.Step.class).stream().map(Event.Step::loss).toList();
  }

  private static List<Double> rates(RunFolder run) {
    return RunHistory.of(run).all(Event.Step.class).stream().map(Event.Step::learningRate).toList();
  }
}
