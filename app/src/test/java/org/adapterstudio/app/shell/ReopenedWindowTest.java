package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.stage.Stage;
import org.adapterstudio.app.plot.PlotView;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.testing.FakeEngine;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.app.watch.DesktopNotices;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.EngineLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on while its window is closed. */
class ReopenedWindowTest {
  @TempDir Path folder;
  private Stage stage;
  private SyntheticRun made;

  @BeforeEach
  void begin() {
    stage = Screen.stage();
    TinyModels.write(folder.resolve("work/project.json"), "{}");
    made = new SyntheticRun(folder.resolve("work/runs/orders-r8"), SyntheticRun.recipe());
    steps(made.begin(1000), 1, 20).write();
  }

  @Test
  void aWindowClosedAtStep20ShowsTheSameRunAndCurveFurtherOnWhenItIsOpenedAgain() {
    try (var engine = EngineLock.take(made.run()).orElseThrow()) {
      List<Double> before;
      try (var first = new Window()) {
        first.show();
        Screen.await(() -> first.words("#steps").startsWith("20 "));
        before = first.losses();
      }
      steps(made, 21, 35).write();
      try (var again = new Window()) {
        fillTheFormWithOtherSettings(again);
        again.show();
        Screen.await(() -> again.words("#steps").startsWith("35 "));
        assertThat(again.words("#name")).isEqualTo("orders-r8");
        assertThat(again.losses()).hasSize(35).startsWith(before.toArray(Double[]::new));
        assertThat(again.settings())
            .anyMatch(line -> line.contains("path=adapter.rank, value=8,"))
            .noneMatch(line -> line.contains("value=64"));
      }
    }
  }

  private static void fillTheFormWithOtherSettings(Window window) {
    var adapter =
        new Recipe.Adapter("lora", 64, 8.0, 0.0, null, null, null, null, null, null, null, null);
    var draft = new Recipe(Recipe.VERSION, null, null, null, adapter, null, null);
    Screen.run(() -> window.wiring.shell().showTrain(draft));
  }

  private static SyntheticRun steps(SyntheticRun run, int from, int to) {
    IntStream.rangeClosed(from, to).forEach(step -> run.step(step, 2.0 - 0.01 * step));
    return run;
  }

  /** One life of the window over the same files. */
  private final class Window implements AutoCloseable {
    private final Wiring wiring =
        Screen.call(
            () ->
                new Wiring(
                    stage,
                    new FakeEngine(),
                    _ -> {},
                    new SettingsFile(folder.resolve("home/settings.json")),
                    folder.resolve("work"),
                    _ -> DesktopNotices.NONE));

    void show() {
      Screen.run(
          () -> {
            stage.setScene(new Scene(wiring.view().root(), 900, 600));
            stage.show();
            wiring.shell().showRun(made.run());
          });
    }

    String words(String id) {
      return wiring.view().root().lookup(id) instanceof Label label ? label.getText() : "";
    }

    /** What the chart of the loss shows. */
    List<Double> losses() {
      return Screen.call(
          () -> {
            var chart = (PlotView) wiring.view().root().lookup("#loss");
            Series shown = chart.content().curves().getFirst().series();
            return IntStream.range(0, shown.size()).mapToObj(shown::y).toList();
          });
    }

    /** Keys and values of the settings tab. */
    List<String> settings() {
      return Screen.call(
          () -> {
            var all = new ArrayList<String>();
            var tabs = (javafx.scene.control.TabPane) wiring.view().root().lookup(".run-tabs");
            for (var tab : tabs.getTabs()) {
              if (tab.getContent().lookup("#settings") instanceof ListView<?> list) {
                list.getItems().forEach(item -> all.add(item.toString()));
              }
            }
            return all;
          });
    }

    @Override
    public void close() {
      Screen.run(
          () -> {
            wiring.close();
            stage.hide();
          });
    }
  }
}
