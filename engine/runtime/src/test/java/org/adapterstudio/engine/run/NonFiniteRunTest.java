package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.Adjustment;
import org.adapterstudio.contract.run.Adjustments;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.data.BatchOrder;
import org.adapterstudio.engine.tensor.Finite;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One row of the data holds a letter that no other has, and that letter's embedding is NaN: the
 * step that meets the row has no loss.
 */
class NonFiniteRunTest {
  private static final int ROWS = 200;
  private static final int BATCH = 2;
  private static final int ACCUMULATION = 2;
  private static final int SEED = 7;
  private static final int STEP = 30;
  private static final String[] SETTINGS = {
    "data.eval_fraction=0.0",
    "training.max_steps=40",
    "training.save_steps=8",
    "training.eval_steps=0",
    "training.spectrum_steps=0",
    "training.seed=" + SEED
  };

  @TempDir Path folder;
  private PicoProject project;
  private int badLine;

  @BeforeEach
  void plantABadRow() throws Exception {
    project = new PicoProject(folder);
    // The row that stands first in the second micro-batch of step 30.
    var order = new BatchOrder(ROWS, BATCH, SEED);
    int row = order.members((STEP - 1L) * ACCUMULATION + 1)[0];
    badLine = row + 1;
    project.writeRows(
        IntStream.range(0, ROWS)
            .mapToObj(i -> "{\"text\": \"row %d%s\"}".formatted(i, i == row ? " Z" : ""))
            .toList());
    spoilEmbedding(project.base(), "Z");
  }

  @Test
  void lossMadeNaNAtStep30ByAPlantedRowStopsThereNamesTheRowAndTheLastGoodCheckpointLoads()
      throws Exception {
    RunFolder run = project.run("stops", SETTINGS);
    assertThat(RunEngine.run(run.path())).isFalse();
    var history = RunHistory.of(run);
    assertThat(history.state()).isEqualTo(RunState.FAILED);
    assertThat(history.step()).isEqualTo(STEP - 1);
    var found = history.last(Event.NonFinite.class).orElseThrow();
    assertThat(found.step()).isEqualTo(STEP);
    assertThat(found.what()).isEqualTo("loss");
    assertThat(found.microBatch()).isEqualTo(2);
    assertThat(found.batchLines()).hasSize(BATCH).contains(badLine);
    assertThat(found.lines()).containsExactly(badLine);
    assertThat(found.parameter()).contains("layers.0.self_attn.q_proj");
    assertThat(found.skipped()).isFalse();
    var failure = history.last(Event.Failed.class).orElseThrow().failure();
    assertThat(failure.sentence())
        .contains("step 30", "Line " + badLine + " does so by itself", found.parameter());
    var warning = history.last(Event.Warned.class).orElseThrow();
    assertThat(warning.acts()).containsExactly(new Act.SkipBatches(), new Act.HalveLearningRate());
    assertThat(Checkpoint.newestSound(run)).contains(run.checkpoint(STEP - 1));
    assertThat(allFinite(run.checkpoint(STEP - 1))).isTrue();

    Adjustments.add(run, Adjustment.skippingNonFinite());
    assertThat(RunEngine.run(run.path())).isTrue();
    assertSkipped(run);
  }

  @Test
  void aRunThatSkipsGoesOnBehindTheBatchAlongTheSameTrajectoryAsOneThatWasResumed()
      throws Exception {
    String[] skip = java.util.Arrays.copyOf(SETTINGS, SETTINGS.length + 1);
    skip[SETTINGS.length] = "training.on_non_finite=skip";
    RunFolder whole = project.run("whole", skip);
    assertThat(RunEngine.run(whole.path())).isTrue();
    assertSkipped(whole);
    RunFolder resumed = project.run("resumed", SETTINGS);
    assertThat(RunEngine.run(resumed.path())).isFalse();
    Adjustments.add(resumed, Adjustment.skippingNonFinite());
    assertThat(RunEngine.run(resumed.path())).isTrue();
    assertThat(Files.readAllBytes(resumed.adapter().resolve("adapter_model.safetensors")))
        .isEqualTo(Files.readAllBytes(whole.adapter().resolve("adapter_model.safetensors")));
  }

  @Test
  void nothingThatHoldsANaNIsEverWrittenNorLeavesAPart() throws Exception {
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    var bad = new float[] {1, Float.NaN, Float.POSITIVE_INFINITY, 2};
    entries.put("q.lora_A", new SafetensorsWriter.Entry("F32", new long[] {2, 2}, () -> bad));
    Path file = folder.resolve("adapter.safetensors");
    assertThatThrownBy(
            () -> SafetensorsWriter.write(file, Finite.checked("The adapter", entries), Map.of()))
        .hasMessageContaining("2 of the 4 numbers of q.lora_A are NaN or infinite");
    try (var files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.contains("adapter"));
    }
  }

  private static void assertSkipped(RunFolder run) {
    var history = RunHistory.of(run);
    assertThat(history.state()).isEqualTo(RunState.FINISHED);
    assertThat(history.all(Event.NonFinite.class))
        .extracting(Event.NonFinite::skipped)
        .endsWith(true);
    List<Integer> steps =
        history.all(Event.Step.class).stream().map(Event.Step::step).distinct().toList();
    assertThat(steps).hasSize(39).doesNotContain(STEP).contains(40);
    assertThat(history.all(Event.Step.class)).allMatch(step -> Double.isFinite(step.loss()));
    assertThat(allFinite(run.checkpoint(40))).isTrue();
  }

  private static boolean allFinite(Path checkpoint) {
    for (String name : List.of("trained.safetensors", "optimizer.safetensors")) {
      try (var file = SafetensorsFile.open(checkpoint.resolve(name))) {
        for (var tensor : file.header().tensors()) {
          for (float value : file.numbers(tensor.name()).data()) {
            if (!Float.isFinite(value)) {
              return false;
            }
          }
        }
      }
    }
    return true;
  }

  /** Gives the base a head of its own, then the letter's embedding a NaN. */
  private static void spoilEmbedding(Path base, String letter) throws Exception {
    Path model = base.resolve("model.safetensors");
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    try (var file = SafetensorsFile.open(model)) {
      file.header()
          .tensors()
          .forEach(t -> entries.put(t.name(), SafetensorsWriter.float32(file.numbers(t.name()))));
      entries.put(
          "lm_head.weight", SafetensorsWriter.float32(file.numbers("model.embed_tokens.weight")));
      Values table = file.numbers("model.embed_tokens.weight");
      int width = (int) table.shape()[1];
      int id = letter.charAt(0) - 33; // printable letters are numbered from '!'
      table.data()[id * width] = Float.NaN;
      entries.put("model.embed_tokens.weight", SafetensorsWriter.float32(table));
    }
    SafetensorsWriter.write(model, entries, Map.of("format", "pt"));
    Path config = base.resolve("config.json");
    String untied =
        Files.readString(config)
            .replace("\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false");
    Files.writeString(config, untied);
  }
}
