package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.testing.FakeEngine;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.app.theme.Theme;
import org.adapterstudio.app.watch.DesktopNotices;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.QueueFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** The queue in the whole window, under real keys. */
class QueueInTheWindowTest {
  @TempDir Path folder;
  private final FxRobot robot = new FxRobot();
  private QueueFolder queue;
  private Stage stage;
  private Scene scene;
  private Wiring wiring;

  @BeforeEach
  void open() {
    stage = Screen.stage();
    Path work = folder.resolve("work");
    TinyModels.write(work.resolve("project.json"), "{}");
    queue = QueueFolder.of(work);
    for (String name : List.of("orders", "reviews", "summaries")) {
      var run = new SyntheticRun(work.resolve("runs").resolve(name), SyntheticRun.recipe()).run();
      new QueueEdits(queue).add(QueueEdits.Wish.run(run, queue, true));
    }
    var settings = new SettingsFile(folder.resolve("settings.json"));
    settings.update(now -> now.withTheme("light").withMotion("reduced"));
    Screen.run(
        () -> {
          wiring =
              new Wiring(
                  stage, new FakeEngine(), _ -> {}, settings, work, _ -> DesktopNotices.NONE);
          scene = new Scene(wiring.view().root(), 960, 600);
          wiring.theme().dress(scene);
          wiring.actions().shortcuts().listen(scene);
          stage.setScene(scene);
          stage.show();
          stage.requestFocus();
          wiring.status().refresh();
        });
  }

  @AfterEach
  void close() {
    Screen.run(
        () -> {
          wiring.close();
          stage.hide();
        });
  }

  @Test
  void keysLeadToTheQueueChangeItsOrderAndTakeOutAndPutBack() {
    robot.type(KeyCode.Q);
    Screen.await(() -> wiring.shell().stop().get().place() == Place.QUEUE);
    Screen.await(() -> list().getItems().size() == 3);
    Screen.run(
        () -> {
          list().requestFocus();
          list().getSelectionModel().select(2);
        });
    robot.press(KeyCode.ALT).type(KeyCode.UP).type(KeyCode.UP).release(KeyCode.ALT);
    Screen.await(() -> ids().equals(List.of("summaries", "orders", "reviews")));
    robot.type(KeyCode.H);
    Screen.await(() -> queue.entry("summaries").orElseThrow().held());
    robot.type(KeyCode.DELETE);
    Screen.await(() -> ids().equals(List.of("orders", "reviews")));
    Screen.await(() -> node("#undone", Label.class).getText().endsWith("summaries"));
    pictures("window-queue");
    Screen.run(() -> ((Button) node("#undoBar", Node.class).lookup(".button")).fire());
    Screen.await(() -> ids().equals(List.of("summaries", "orders", "reviews")));
    robot.type(KeyCode.M);
    Screen.await(() -> node("#morning", Node.class).isVisible());
    assertThat(node("#running", Button.class).getText()).contains("waiting");
  }

  private void pictures(String name) {
    for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
      Screen.run(() -> wiring.theme().theme().set(theme));
      assertThat(Screen.picture(scene, name + "-" + theme.key())).isNotEmptyFile();
    }
  }

  private List<String> ids() {
    return queue.entries().stream().map(QueueEntry::id).toList();
  }

  private ListView<?> list() {
    return (ListView<?>) scene.lookup(".queue-list");
  }

  private <N extends Node> N node(String id, Class<N> type) {
    return type.cast(scene.lookup(id));
  }
}
