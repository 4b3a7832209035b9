package org.adapterstudio.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    run("orders-r8", Map.of())
        .train(1, 1000, 1000, 12)
        .add(9, new Event.Finished(1000, 812))
        .write();
    run(
            "orders-with-a-name-that-is-far-too-long-for-a-column-r16",
            Map.of("adapter.rank", 16, "training.learning_rate", 1e-4, "training.seed", 7))
        .train(2, 1000, 1000, 12)
        .add(9, new Event.Finished(1000, 1204))
        .write();
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
      made.classify(1 + i, end, 1000, 6);
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
