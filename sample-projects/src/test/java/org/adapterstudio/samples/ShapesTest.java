package org.adapterstudio.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.engine.export.UntrainedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small U-Net learns to find discs, then squares by adapters of its convolutions. */
class ShapesTest {
  private static final Path PROJECT = Path.of("small-unet");

  @TempDir Path folder;

  @Test
  void theSameSeedGivesTheSameFiles() throws IOException {
    Shapes.write(folder.resolve("one"), Shapes.Kind.DISCS, 3, 5);
    Shapes.write(folder.resolve("two"), Shapes.Kind.DISCS, 3, 5);
    for (String file : List.of("metadata.csv", "pictures/0002.png", "masks/0002.png")) {
      assertThat(folder.resolve("two").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
  }

  @Test
  void aUNetThatFindsDiscsFindsSquaresByAnAdapterOfItsConvolutions()
      throws IOException, InterruptedException {
    Shapes.write(folder.resolve("discs"), Shapes.Kind.DISCS, 160, 1);
    Shapes.write(folder.resolve("squares"), Shapes.Kind.SQUARES, 160, 2);
    UntrainedModel.write(project().resolve("plan"), folder.resolve("untrained"), 1);
    RunHistory full = run("full", "untrained", "discs", "full", 0.003, 120);
    assertThat(iou(full)).isGreaterThan(0.8);
    RunHistory before = run("before", "full/model", "squares", "conv_lora", 1e-9, 1);
    RunHistory adapted = run("adapted", "full/model", "squares", "conv_lora", 0.01, 120);
    assertThat(iou(adapted)).isGreaterThan(0.8).isGreaterThan(iou(before) + 0.2);
  }

  private static Path project() {
    return Files.isDirectory(PROJECT) ? PROJECT : Path.of("sample-projects").resolve(PROJECT);
  }

  private static double iou(RunHistory history) {
    return history.last(Event.Evaluated.class).orElseThrow().scores().get("iou");
  }

  private RunHistory run(
      String name, String model, String data, String method, double rate, int steps)
      throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".json");
    Files.writeString(
        file,
        """
        {"model": {"path": "%s"},
         "data": {"train": "%s", "eval_fraction": 0.2},
         "adapter": {"method": "%s", "rank": 4, "alpha": 8, "dropout": 0},
         "training": {"per_device_train_batch_size": 16, "gradient_accumulation_steps": 1,
           "max_steps": %d, "learning_rate": %s, "eval_steps": 0, "save_steps": 1000,
           "spectrum_steps": 0, "threads": 1}}
        """
            .formatted(model, data, method, steps, rate));
    return EngineRuns.finished(folder.resolve(name), RecipeFile.read(file, List.of()));
  }
}
