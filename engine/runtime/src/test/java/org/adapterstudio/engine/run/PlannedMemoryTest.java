package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.engine.PicoProject;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is planned before a run starts is what its process takes, evaluation and export included.
 */
class PlannedMemoryTest {
  private static final double TOLERANCE = 0.15;

  @TempDir Path folder;

  /** Real runs of models that differ in what fills their memory. */
  enum Case {
    MIDDLE(new PicoProject.Shape(512, 1408, 8, 8, 8, 4096, 128, "F32"), 4),
    LONG_ROWS(new PicoProject.Shape(512, 1408, 8, 8, 8, 4096, 512, "F32"), 2),
    WIDE(new PicoProject.Shape(1024, 2816, 8, 16, 16, 4096, 128, "F32"), 4),
    GROUPED(new PicoProject.Shape(1024, 1408, 6, 16, 4, 4096, 256, "F32"), 2),
    VOCABULARY(new PicoProject.Shape(512, 1408, 4, 8, 8, 32768, 128, "F32"), 8),
    DROPOUT(MIDDLE.shape, 4, "adapter.dropout=0.05"),
    CHECKPOINTED(LONG_ROWS.shape, 4, "training.activation_checkpointing=true"),
    NF4(WIDE.shape, 4, "model.quantization=nf4-double"),
    NARROW(new PicoProject.Shape(512, 1408, 8, 8, 8, 4096, 256, "BF16"), 4, "model.dtype=bfloat16");

    private final PicoProject.Shape shape;
    private final int rows;
    private final List<String> settings;

    Case(PicoProject.Shape shape, int rows, String... settings) {
      this.shape = shape;
      this.rows = rows;
      this.settings = List.of(settings);
    }

    private RunFolder run(Path folder) {
      var project = new PicoProject(folder, shape);
      String row = "{\"text\": \"" + "so on ".repeat(shape.context() / 5) + "\"}";
      project.writeRows(Collections.nCopies(40, row));
      var all = new ArrayList<>(settings);
      if (settings.stream().noneMatch(setting -> setting.startsWith("adapter.dropout"))) {
        all.add("adapter.dropout=0");
      }
      all.add("data.max_length=" + shape.context());
      all.add("adapter.rank=8");
      all.add("training.per_device_train_batch_size=" + rows);
      all.add("training.gradient_accumulation_steps=1");
      all.add("training.max_steps=4");
      all.add("training.threads=2");
      return project.run("planned", all.toArray(String[]::new));
    }
  }

  @Test
  void thePlanOfAMiddleSizedRunHolds() throws Exception {
    planHolds(Case.MIDDLE);
  }

  @Tag("nightly")
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIDDLE")
  void thePlanOfOtherRunsHolds(Case one) throws Exception {
    planHolds(one);
  }

  private void planHolds(Case one) throws Exception {
    Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/status")));
    RunFolder run = one.run(folder);
    EngineProcesses.train(run);
    Event.MemoryMeasured measured =
        RunHistory.of(run).last(Event.MemoryMeasured.class).orElseThrow();
    System.out.printf(
        "planned memory: %s planned %d MiB, peak %d MiB, %+.1f %% (%s; mapped %d MiB)%n",
        one,
        measured.plannedBytes() >> 20,
        measured.peakBytes() >> 20,
        100 * measured.planError(),
        measured.plannedParts(),
        measured.mappedBytes() >> 20);
    assertThat(measured.planError()).isCloseTo(0, within(TOLERANCE));
  }
}
