package org.adapterstudio.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.stage.Stage;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareViewTest {
  @TempDir Path folder;
  private final FakeServices fakes = new FakeServices();
  private RunFolder one;
  private RunFolder two;

  @BeforeEach
  void runs() throws Exception {
    Screen.stage();
    Files.writeString(folder.resolve("project.json"), "{}");
    Recipe recipe = SyntheticRun.recipe();
    one = run("one", recipe);
    two = run("two", recipe.adapting(recipe.adapter().alpha(64)));
  }

  @Test
  void aKeyShowsOnlyWhatDiffersOrEverything() {
    CompareView view = open(one, two);
    Stage stage = Picture.window(view.root(), 960, 600, false);
    var grid = (GridPane) view.root().lookup("#grid");
    assertThat(texts(grid)).contains("adapter.alpha", "64").doesNotContain("training.seed");
    Screen.run(() -> view.actions().find(Action.DIFFERENCES).orElseThrow().run());
    assertThat(texts(grid)).contains("adapter.alpha", "training.seed");
    Screen.run(view::close);
    Screen.run(stage::hide);
  }

  @Test
  void runsAreAddedAndTakenOut() {
    CompareView view = open(one);
    Stage stage = Picture.window(view.root(), 960, 600, false);
    assertThat(view.root().lookup("#empty").isVisible()).isTrue();
    Screen.run(() -> view.model().add(two));
    assertThat(view.root().lookup("#body").isVisible()).isTrue();
    assertThat(view.root().lookup("#why").isVisible()).isTrue();
    Screen.run(() -> view.model().remove(one));
    assertThat(view.root().lookup("#body").isVisible()).isFalse();
    Screen.run(view::close);
    Screen.run(stage::hide);
  }

  @Test
  void aClosedComparisonIsCollected() throws Exception {
    WeakReference<CompareView> gone =
        Screen.call(
            () -> {
              var view = new CompareView(fakes.direct(folder), List.of(one, two));
              view.close();
              return new WeakReference<>(view);
            });
    for (int attempt = 0; attempt < 50 && gone.get() != null; attempt++) {
      System.gc();
      Screen.run(() -> {});
      Thread.sleep(20);
    }
    assertThat(gone.get()).isNull();
  }

  private CompareView open(RunFolder... runs) {
    return Screen.call(() -> new CompareView(fakes.direct(folder), List.of(runs)));
  }

  private static List<String> texts(GridPane grid) {
    return Screen.call(
        () ->
            grid.getChildren().stream()
                .filter(Label.class::isInstance)
                .map(node -> ((Label) node).getText())
                .toList());
  }

  private RunFolder run(String name, Recipe recipe) {
    return new SyntheticRun(folder.resolve("runs").resolve(name), recipe)
        .begin(10)
        .step(1, 3)
        .add(1, new Event.Evaluated(1, 2, 9, true, 1, null))
        .add(1, new Event.Finished(1, 2))
        .write()
        .run();
  }
}
