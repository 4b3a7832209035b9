package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.engine.PicoProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranks that change in a run on disk: what is stored, and that going on is going on. */
class RanksInARunTest {
  private static final String CUT = "model.layers.0.self_attn.q_proj";
  private static final String GROWN = "model.layers.1.mlp.up_proj";
  private static final Map<String, Integer> RANKS = Map.of(CUT, 2, GROWN, 7);

  @TempDir Path folder;
  private PicoProject project;

  @BeforeEach
  void makeProject() {
    project = new PicoProject(folder);
  }

  @Test
  void aStoppedRunChangesWhenItIsResumedAndFromThenOnGoesOnBitForBit() throws IOException {
    RunFolder whole = finished(project.run("whole", "training.save_total_limit=9"));
    RunFolder changed = from(whole, 6, "changed");
    changed.send(new Command.ChangeRanks(RANKS));
    finished(changed);
    var event = RunHistory.of(changed).last(Event.RankChanged.class).orElseThrow();
    assertThat(event.step()).isEqualTo(6);
    assertThat(event.layers())
        .extracting(Event.RankChanged.Layer::name)
        .containsExactlyInAnyOrder(CUT, GROWN);
    assertThat(losses(changed)).hasSize(6).isNotEqualTo(losses(whole).subList(6, 12));
    assertThat(changed.inbox()).isEmptyDirectory();

    for (int step : List.of(6, 9)) {
      RunFolder again = finished(from(changed, step, "again-" + step));
      assertThat(losses(again)).isEqualTo(losses(changed).subList(step - 6, 6));
      assertThat(weights(again)).isEqualTo(weights(changed));
    }
    JsonNode config = Json.read(changed.adapter().resolve("adapter_config.json"));
    assertThat(config.path("rank_pattern").path(CUT).asInt()).isEqualTo(2);
    assertThat(config.path("rank_pattern").path(GROWN).asInt()).isEqualTo(7);
    assertThat(config.path("alpha_pattern").path(CUT).asDouble()).isEqualTo(4);
    assertThat(RunHistory.of(changed).last(Event.Exported.class).orElseThrow().maxLogitError())
        .isLessThan(1e-5);
  }

  @Test
  void aLiveRunChangesBetweenTwoStepsAndIsNotStartedAgain() throws Exception {
    RunFolder run = project.run("live", "training.max_steps=400", "training.save_steps=100");
    var engine = CompletableFuture.supplyAsync(() -> RunEngine.run(run.path()));
    await(run, 40);
    run.send(new Command.ChangeRanks(RANKS));
    assertThat(engine.get(60, TimeUnit.SECONDS)).isTrue();
    RunHistory history = RunHistory.of(run);
    assertThat(history.state()).isEqualTo(RunState.FINISHED);
    assertThat(history.all(Event.Started.class)).hasSize(1);
    assertThat(history.all(Event.Step.class)).hasSize(400);
    var event = history.last(Event.RankChanged.class).orElseThrow();
    assertThat(event.step()).isBetween(40, 399);
    assertThat(run.checkpointSteps()).contains(400);
    var spectrum = history.last(Event.Spectrum.class).orElseThrow();
    assertThat(spectrum.layers().getFirst().singularValues()).hasSize(2);
    assertThat(spectrum.layers().getFirst().in()).isEqualTo(32);
  }

  @Test
  void whatIsRefusedIsToldAndTheRunGoesOn() {
    RunFolder run = project.run("refused", "adapter.method=dora");
    run.send(new Command.ChangeRanks(RANKS));
    assertThat(losses(finished(run))).hasSize(12);
    assertThat(RunHistory.of(run).last(Event.Warned.class).orElseThrow().sentence())
        .contains("no plain products");
  }

  @Test
  void aCheckpointThatWasBeingReplacedWhenTheEngineDiedIsPutBack() throws IOException {
    RunFolder whole = finished(project.run("whole", "training.save_total_limit=9"));
    RunFolder killed = from(whole, 6, "killed");
    Path place = killed.checkpoint(6);
    Files.move(place, place.resolveSibling(".step-6.old.part"));
    assertThat(losses(finished(killed))).isEqualTo(losses(whole).subList(6, 12));
  }

  /** A run folder of the same recipe that holds one checkpoint of another and no events yet. */
  private RunFolder from(RunFolder other, int step, String name) throws IOException {
    RunFolder run = RunFolder.create(folder.resolve("runs").resolve(name), other.recipe());
    Path to = Files.createDirectories(run.checkpoint(step));
    try (var files = Files.list(other.checkpoint(step))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return run;
  }

  private static RunFolder finished(RunFolder run) {
    assertThat(RunEngine.run(run.path())).isTrue();
    assertThat(RunHistory.of(run).state()).isEqualTo(RunState.FINISHED);
    return run;
  }

  private static void await(RunFolder run, int step) throws InterruptedException {
    var history = new RunHistory(run);
    while (history.step() < step) {
      Thread.sleep(5);
      history.refresh();
    }
  }

  private static List<Double> losses(RunFolder run) {
    return RunHistory.of(run).all(Event.Step.class).stream().map(Event.Step::loss).toList();
  }

  private static byte[] weights(RunFolder run) throws IOException {
    return Files.readAllBytes(run.adapter().resolve("adapter_model.safetensors"));
  }
}
