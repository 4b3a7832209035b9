package org.adapterstudio.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.task.Tasks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeginningTest {
  @TempDir Path folder;
  private PicoProject project;

  @BeforeEach
  void makeProject() {
    project = new PicoProject(folder.resolve("project"));
  }

  @Test
  void anEndedCalibrationLeavesNothingAndAWholeOneIsKept() throws Exception {
    assertThatThrownBy(() -> begin("lora_ga", 1))
        .isInstanceOfSatisfying(
            StudioException.class, e -> assertThat(e.failure().kind()).isEqualTo("cancelled"));
    assertThat(folder.resolve("kept")).doesNotExist();
    assertThat(begin("lora_ga", Integer.MAX_VALUE)).isPositive();
    assertThat(begin("lora_ga", Integer.MAX_VALUE)).isZero();
    assertThat(begin("gora", Integer.MAX_VALUE)).isPositive();
  }

  @Test
  void aKeptStartThatCannotBeReadIsMadeAgain() throws Exception {
    begin("lora_ga", Integer.MAX_VALUE);
    try (var starts = Files.list(folder.resolve("kept"))) {
      for (Path start : starts.toList()) {
        Files.writeString(start.resolve("start.safetensors"), "damaged");
      }
    }
    assertThat(begin("lora_ga", Integer.MAX_VALUE)).isPositive();
    assertThat(begin("lora_ga", Integer.MAX_VALUE)).isZero();
  }

  @Test
  void aBaseWithOtherNumbersHasAStartOfItsOwn() throws Exception {
    begin("lora_ga", Integer.MAX_VALUE);
    Path note = project.base().resolve("config.json");
    Files.writeString(note, Files.readString(note) + "\n");
    assertThat(begin("lora_ga", Integer.MAX_VALUE)).isPositive();
  }

  /** How many batches were reported; ends at a number of them. */
  private int begin(String initializer, int end) {
    Recipe recipe =
        project.recipe(
            "adapter.initializer=" + initializer,
            "adapter.rank=4",
            "adapter.knobs.calibration_rows=12");
    var reports = new AtomicInteger();
    try (var lesson = Tasks.lesson(recipe, LoadProgress.NONE);
        var base = BaseModel.load(Path.of(recipe.model().path()), "float32")) {
      var beginning = new Beginning(recipe, base, lesson, folder.resolve("kept"));
      AdaptedModel model =
          beginning.attach(
              (done, total) -> {
                assertThat(total).isPositive();
                if (done >= end) {
                  throw new StudioException(new Failure("cancelled", "Ended.", "", ""));
                }
                reports.incrementAndGet();
              });
      model.close();
    }
    return reports.get();
  }
}
