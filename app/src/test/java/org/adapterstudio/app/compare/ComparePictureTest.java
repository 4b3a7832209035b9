package org.adapterstudio.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ScrollPane;
import javafx.stage.Stage;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparePictureTest {
  @TempDir Path folder;
  private final List<RunFolder> runs = new ArrayList<>();

  @BeforeEach
  void project() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
  }

  @Test
  void showsTwoRunsAndWhyTheyDiffer() {
    learn(run("orders-r8", Map.of()), 1000, 0.46, false)
        .add(9, new Event.Finished(1000, 812))
        .write();
    var wide =
        run(
            "orders-with-a-name-that-is-far-too-long-for-a-column-r16",
            Map.of("adapter.rank", 16, "training.learning_rate", 1e-4, "training.seed", 7));
    learn(wide, 1000, 0.41, false).add(9, new Event.Finished(1000, 1204)).write();
    picture("compare-two-light", 1000, 960, false, 0);
    picture("compare-two-dark", 1000, 960, true, 0);
    picture("compare-two-small-light", 960, 600, false, 0);
    picture("compare-two-small-dark", 960, 600, true, 1);
  }

  @Test
  void showsEightRunsOfEveryKind() {
    for (int i = 0; i < 8; i++) {
      var made =
          run(
              "reviews-lr" + i + (i == 3 ? "-with-a-name-that-is-far-too-long" : ""),
              Map.of("training.learning_rate", 1e-4 * (i + 1), "adapter.rank", 4 << (i % 3)));
      int end = i == 2 ? 320 : i == 5 ? 640 : 1000;
      learn(made, end, 0.3 + 0.06 * i, true);
      switch (i) {
        case 2 ->
            made.add(5, new Event.Failed(320, Failure.badInput("Memory ran out.", "Less rows.")));
        case 5 -> made.step(641, 0.3); // lost
        default -> made.add(5, new Event.Finished(1000, 700 + 40 * i));
      }
      made.write();
    }
    picture("compare-eight-light", 1000, 960, false, 0);
    picture("compare-eight-dark", 1000, 960, true, 0);
    picture("compare-eight-small-light", 960, 600, false, 0.6);
    picture("compare-eight-all-dark", 1000, 960, true, -1);
  }

  @Test
  void saysWhatToDoWithOneRunAlone() {
    run("orders-r8", Map.of()).train(1, 100, 1000, 4).write();
    picture("compare-one-light", 960, 600, false, 0);
  }

  /** Losses that fall towards a floor, evaluations beside them, and the last singular values. */
  private static SyntheticRun learn(SyntheticRun made, int steps, double floor, boolean scored) {
    var random = new Random(Math.round(1000 * floor));
    for (int step = 1; step <= steps; step++) {
      double mean = floor + 2.6 * Math.exp(-step / (100 + 300 * floor));
      made.step(step, mean + 0.08 * random.nextGaussian());
      if (step % 100 == 0) {
        double late = Math.max(0, step - 700) * floor / 4000;
        Map<String, Double> scores = scored ? Map.of("accuracy", 1 - mean / 4) : Map.of();
        made.add(2000, new Event.Evaluated(step, mean + 0.05 + late, 490, true, 2, scores));
      }
    }
    return made.add(5, SyntheticRun.spectrum((int) (steps * floor * 2), 12));
  }

  private SyntheticRun run(String name, Map<String, Object> settings) {
    ObjectNode tree = Json.tree(SyntheticRun.recipe());
    settings.forEach(
        (path, value) -> {
          String[] at = path.split("\\.");
          ((ObjectNode) tree.get(at[0])).set(at[1], Json.tree(value));
        });
    var made = new SyntheticRun(folder.resolve("runs").resolve(name), Json.as(tree, Recipe.class));
    runs.add(made.run());
    return made.begin(1000);
  }

  /** Scrolled down by a share; -1 shows all settings from a third of the page on. */
  private void picture(String name, int width, int height, boolean dark, double scrolled) {
    var services = new FakeServices().with(folder, Runnable::run, Runnable::run);
    Screen.stage();
    var view = Screen.call(() -> new CompareView(services, runs));
    Stage stage = Picture.window(view.root(), width, height, dark);
    try {
      Screen.run(
          () -> {
            if (scrolled < 0) {
              ((CheckBox) view.root().lookup("#only")).setSelected(false);
            }
            view.root().applyCss();
            view.root().layout();
            ((ScrollPane) view.root().lookup("#body")).setVvalue(scrolled < 0 ? 0.5 : scrolled);
          });
      assertThat(Picture.take(stage, name)).isGreaterThan(30);
    } finally {
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }
}
