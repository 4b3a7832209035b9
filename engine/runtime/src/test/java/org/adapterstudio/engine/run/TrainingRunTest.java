package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  @TempDir Path folder;
  private PicoProject project;

  @BeforeEach
  void makeProject() {
    project = new PicoProject(folder);
  }

  @Test
  void theSameRecipeGivesTheSameLossesBitForBitAlsoWithDropout() {
    List<Double> first = losses(finished(project.run("first")));
    List<Double> second = losses(finished(project.run("second")));
    assertThat(first).hasSize(12).isEqualTo(second);
    assertThat(first.getLast()).isLessThan(first.getFirst());
  }

  @Test
  void twoThreadsGiveTheSameLossesAgainAndAgain() {
    List<Double> first = losses(finished(project.run("first", "training.threads=2")));
    List<Double> second = losses(finished(project.run("second", "training.threads=2")));
    assertThat(first).isEqualTo(second);
  }

  @Test
  void aDiskThatIsTooSmallIsToldBeforeTheStart() {
    RunFolder run = project.run("big", "training.save_total_limit=2000000000");
    assertThat(RunEngine.run(run.path())).isFalse();
    var failure = RunHistory.of(run).last(Event.Failed.class).orElseThrow().failure();
    assertThat(failure.kind()).isEqualTo("disk");
    assertThat(failure.sentence()).contains("MB are free");
  }

  @Test
  void rowsWithoutAnAnswerAreListedWithTheirLinesAndCanBeLeftOut() {
    project.writeRows(
        java.util.stream.IntStream.range(0, 30)
            .mapToObj(i -> i == 6 ? "{\"text\": \"\"}" : "{\"text\": \"row " + i + "\"}")
            .toList());
    RunFolder run = project.run("bad");
    assertThat(RunEngine.run(run.path())).isFalse();
    var failure = RunHistory.of(run).last(Event.Failed.class).orElseThrow().failure();
    assertThat(failure.text()).contains("7").contains("skip_bad_rows");
    RunFolder without = finished(project.run("without", "data.skip_bad_rows=true"));
    var planned = RunHistory.of(without).last(Event.Planned.class).orElseThrow();
    assertThat(planned.skippedRows()).isEqualTo(1);
  }

  @Test
  void anotherSeedGivesAnotherTrajectory() {
    List<Double> first = losses(finished(project.run("first")));
    List<Double> other = losses(finished(project.run("other", "training.seed=8")));
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void stopSavesAndResumeGoesOnAlongTheSameTrajectory() {
    List<Double> whole = losses(finished(project.run("whole")));
    RunFolder run = project.run("stopped");
    run.send(new Command.Stop());
    assertThat(RunEngine.run(run.path())).isTrue();
    assertThat(state(run)).isEqualTo(RunState.STOPPED);
    assertThat(losses(finished(run))).isEqualTo(whole);
  }

  @Test
  void aResumedRunGoesOnFromTheStartThatItsCheckpointTells() throws Exception {
    String[] start = {"adapter.initializer=pissa", "adapter.knobs.niter=1"};
    RunFolder whole = finished(project.run("whole", start));
    RunFolder run = project.run("stopped", start);
    run.send(new Command.Stop());
    assertThat(RunEngine.run(run.path())).isTrue();
    assertThat(losses(finished(run))).isEqualTo(losses(whole));
    assertThat(Files.readAllBytes(run.adapter().resolve("adapter_model.safetensors")))
        .isEqualTo(Files.readAllBytes(whole.adapter().resolve("adapter_model.safetensors")));
  }

  @Test
  void aStartFromSampleRowsIsAPhaseOfItsOwnAndIsComputedOnce() throws Exception {
    String[] start = {
      "adapter.initializer=corda",
      "adapter.knobs.calibration_rows=6",
      "adapter.target_modules=.*q_proj",
      "training.seed=" + System.nanoTime() % 1_000_000
    };
    RunFolder first = finished(project.run("first", start));
    RunFolder second = finished(project.run("second", start));
    assertThat(calibrating(first)).isNotEmpty();
    assertThat(calibrating(first).getFirst().total()).isPositive();
    assertThat(calibrating(second)).isEmpty();
    assertThat(losses(second)).isEqualTo(losses(first));
    assertThat(Files.readAllBytes(second.adapter().resolve("adapter_model.safetensors")))
        .isEqualTo(Files.readAllBytes(first.adapter().resolve("adapter_model.safetensors")));
  }

  @Test
  void aResumedRunKeepsTheRanksItsStartSettledOn() throws Exception {
    String[] start = {
      "adapter.initializer=eva",
      "adapter.rank=4",
      "adapter.knobs.calibration_rows=8",
      "training.seed=" + System.nanoTime() % 1_000_000
    };
    RunFolder whole = finished(project.run("whole", start));
    RunFolder run = project.run("stopped", start);
    finished(run);
    keepOnlyUntil(run, 9);
    assertThat(losses(finished(run))).isEqualTo(losses(whole));
  }

  @Test
  void aRunWithoutStepsLeavesTheRepairOfAQuantizedBase() {
    RunFolder run =
        finished(
            project.run(
                "repair",
                "model.quantization=nf4",
                "adapter.initializer=eora",
                "adapter.rank=4",
                "training.max_steps=0",
                "training.num_train_epochs=0"));
    assertThat(losses(run)).isEmpty();
    assertThat(run.adapter().resolve("adapter_model.safetensors")).exists();
    assertThat(RunHistory.of(run).last(Event.Exported.class).orElseThrow().maxLogitError())
        .isLessThan(1e-4);
  }

  private static List<Event.Phase> calibrating(RunFolder run) {
    return RunHistory.of(run).all(Event.Phase.class).stream()
        .filter(phase -> phase.phase().equals("calibrating"))
        .toList();
  }

  @Test
  void saveNowWritesACheckpointAndGoesOn() {
    RunFolder run = project.run("saved", "training.save_steps=0");
    run.send(new Command.SaveNow());
    finished(run);
    var saved = RunHistory.of(run).all(Event.CheckpointSaved.class);
    assertThat(saved).extracting(Event.CheckpointSaved::reason).containsExactly("request", "end");
  }

  @Test
  void aDamagedCheckpointIsPassedOverForTheOneBefore() throws Exception {
    RunFolder run = project.run("damaged", "training.eval_steps=0");
    finished(run);
    assertThat(run.checkpointSteps()).contains(9, 12);
    Path newest = run.checkpoint(12).resolve("trained.safetensors");
    try (var file = new RandomAccessFile(newest.toFile(), "rw")) {
      file.seek(file.length() - 3);
      file.write(42);
    }
    assertThat(Checkpoint.newestSound(run)).contains(run.checkpoint(9));
  }

  @Test
  void resumeAfterALostEngineMarksLaterStepsSuperseded() throws Exception {
    RunFolder run = project.run("lost");
    finished(run);
    List<Double> whole = losses(run);
    // As if the engine had died after step 12 with the checkpoint of step 9 its last.
    keepOnlyUntil(run, 9);
    assertThat(state(run)).isEqualTo(RunState.ENGINE_LOST);
    assertThat(losses(finished(run))).isEqualTo(whole);
    long stepEvents =
        EventLog.readAll(run.events()).stream()
            .filter(e -> e.event() instanceof Event.Step)
            .count();
    assertThat(stepEvents).isEqualTo(12 + 3);
  }

  @Test
  void spectraAndEvaluationsAreMeasuredWhileTraining() {
    RunFolder run = finished(project.run("watched"));
    var history = RunHistory.of(run);
    var spectra = history.all(Event.Spectrum.class);
    assertThat(spectra).extracting(Event.Spectrum::step).containsExactly(1, 4, 8, 12);
    assertThat(spectra.getLast().layers()).hasSize(14);
    assertThat(spectra.getLast().layers().getFirst().effectiveRank()).isBetween(1.0, 4.0);
    assertThat(spectra.getFirst().layers().getFirst().drift()).as("no checkpoint yet").isNull();
    assertThat(spectra.getLast().layers().getFirst().drift()).isBetween(0.0, 1.0);
    assertThat(spectra.getLast().layers().getFirst().angles()).isNotEmpty().isSorted();
    assertThat(history.all(Event.Evaluated.class))
        .extracting(Event.Evaluated::step)
        .containsExactly(0, 5, 10, 12);
    assertThat(history.last(Event.Exported.class).orElseThrow().maxLogitError()).isLessThan(1e-5);
  }

  @Test
  void aPlantedNaNStopsTheRunNamesTheRowsAndKeepsTheLastGoodCheckpoint() throws Exception {
    RunFolder run = project.run("nan");
    finished(run);
    keepOnlyUntil(run, 9);
    poison(project.base().resolve("model.safetensors"));
    assertThat(RunEngine.run(run.path())).isFalse();
    var failure = RunHistory.of(run).last(Event.Failed.class).orElseThrow().failure();
    assertThat(failure.kind()).isEqualTo("non_finite");
    assertThat(failure.sentence()).contains("step 10").contains("data lines");
    assertThat(state(run)).isEqualTo(RunState.FAILED);
    assertThat(Checkpoint.newestSound(run)).contains(run.checkpoint(9));
  }

  @Test
  void aSecondEngineOnTheFolderIsRefused() throws Exception {
    RunFolder run = project.run("locked", "training.max_steps=5000");
    Process first = EngineProcesses.start(run);
    try {
      while (first.isAlive() && RunHistory.of(run).step() < 1) {
        Thread.sleep(20);
      }
      assertThatThrownBy(() -> RunEngine.run(run.path()))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("Another engine is at work");
    } finally {
      first.destroyForcibly().waitFor();
    }
  }

  @Test
  void aFinishedRunHasNothingToResume() {
    RunFolder run = finished(project.run("done"));
    assertThatThrownBy(() -> RunEngine.run(run.path())).hasMessageContaining("is finished");
  }

  @Test
  void packedRowsTrainToo() {
    List<Double> losses = losses(finished(project.run("packed", "data.packing=true")));
    assertThat(losses).hasSize(12).allMatch(Double::isFinite);
  }

  @Test
  void fullFineTuningLeavesAModelThatOpens() {
    RunFolder run =
        finished(project.run("full", "adapter.method=full", "training.learning_rate=1e-3"));
    assertThat(Files.exists(run.path().resolve("model/model.safetensors"))).isTrue();
    assertThat(RunHistory.of(run).last(Event.Exported.class).orElseThrow().maxLogitError())
        .isZero();
  }

  private static RunFolder finished(RunFolder run) {
    assertThat(RunEngine.run(run.path())).as(() -> lastFailure(run)).isTrue();
    assertThat(state(run)).isEqualTo(RunState.FINISHED);
    return run;
  }

  private static String lastFailure(RunFolder run) {
    return RunHistory.of(run).last(Event.Failed.class).map(Object::toString).orElse("");
  }

  private static RunState state(RunFolder run) {
    return RunHistory.of(run).state();
  }

  private static List<Double> losses(RunFolder run) {
    return RunHistory.of(run).all(Event.Step.class).stream().map(Event.Step::loss).toList();
  }

  /** Cuts the log after the last step event and drops checkpoints beyond a step. */
  private static void keepOnlyUntil(RunFolder run, int step) throws Exception {
    var lines = new ArrayList<>(Files.readAllLines(run.events()));
    while (!lines.getLast().contains("\"type\":\"step\"")) {
      lines.removeLast();
    }
    Files.writeString(run.events(), String.join("\n", lines) + "\n{\"seq\":99,\"ty");
    for (int later : run.checkpointSteps()) {
      if (later > step) {
        try (var files = Files.walk(run.checkpoint(later))) {
          for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  /** Writes a NaN over a weight that every row passes. */
  private static void poison(Path model) throws Exception {
    long at;
    try (var file = SafetensorsFile.open(model)) {
      at =
          file.header().dataStart() + file.header().find("model.norm.weight").orElseThrow().begin();
    }
    try (var file = new RandomAccessFile(model.toFile(), "rw")) {
      file.seek(at);
      file.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(Float.NaN)));
    }
  }
}
