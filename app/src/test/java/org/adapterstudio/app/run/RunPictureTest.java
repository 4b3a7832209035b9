package org.adapterstudio.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.application.Platform;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.TabPane;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPictureTest {
  @TempDir Path folder;

  @Test
  void showsAFinishedRunInBothThemes() throws Exception {
    var made = new SyntheticRun(folder.resolve("orders-r8"), SyntheticRun.recipe());
    made.begin(1000).sample(0).train(1, 1000, 1000, 28);
    made.add(100, new Event.Finished(1000, 812)).write();
    Files.createDirectories(made.run().adapter());
    Files.writeString(made.run().log(), "14:02:11 INFO loading /models/tiny-llama-28\n".repeat(40));
    assertThat(colours(made, "run-finished-light", 1000, 900, false)).isGreaterThan(100);
    assertThat(colours(made, "run-finished-dark", 1000, 900, true)).isGreaterThan(100);
    assertThat(colours(made, "run-finished-small", 880, 540, false)).isGreaterThan(100);
  }

  @Test
  void showsAClassifiersScoresBesideItsLoss() throws Exception {
    var made = new SyntheticRun(folder.resolve("reviews-r8"), SyntheticRun.recipe());
    made.begin(1000).classify(1, 1000, 1000, 12);
    made.add(100, new Event.Finished(1000, 812)).write();
    assertThat(colours(made, "run-scores-light", 1000, 960, false)).isGreaterThan(100);
    assertThat(colours(made, "run-scores-dark", 1000, 960, true)).isGreaterThan(100);
    assertThat(colours(made, "run-scores-small", 880, 540, false)).isGreaterThan(100);
  }

  @Test
  void showsALostRunWithItsCard() throws Exception {
    var made =
        new SyntheticRun(
            folder.resolve("a-run-with-a-very-long-name-that-does-not-fit-into-the-head-r8-lr3e-4"),
            SyntheticRun.recipe());
    made.begin(1000).train(1, 320, 1000, 28).write();
    Files.createDirectories(made.run().checkpoint(250));
    assertThat(colours(made, "run-lost-dark", 1000, 900, true)).isGreaterThan(100);
  }

  @Test
  void showsWarningsWithTheirActsAndAPausedRun() throws Exception {
    var made = new SyntheticRun(folder.resolve("guarded-r16"), SyntheticRun.recipe());
    made.begin(1000).train(1, 700, 1000, 28);
    made.add(
        1,
        new Event.Warned(
            0,
            "312 of 9315 rows are longer than data.max_length = 512 tokens and lose their end."));
    made.add(
        1,
        warned(
            "rank_far_below",
            "The effective rank is at most 3.1 of 16 in 20 of 24 layers.",
            "Measured after step 300: median 2.4, largest 9.1 of all layers.",
            new Act.PlanRank(4)));
    made.add(
        1,
        warned(
            "clip_always_hit",
            "The gradient norm was at the clip limit for 94 of 100 steps.",
            "Steps 601 to 700: median norm 3.2, limit 1.",
            new Act.HalveLearningRate()));
    made.add(
        1,
        warned(
            "evaluation_rises",
            "The evaluation loss rises since step 500 (0.4120 \u2192 0.4870).",
            "0.4120 after step 500, then 0.4310, 0.4602, 0.4870 after steps 550, 600, 650. Best"
                + " checkpoint: 500; it is kept.",
            new Act.StopKeepBest(500)));
    made.add(1, new Event.Paused(700)).write();
    Files.createDirectories(made.run().checkpoint(500));
    try (var lock = EngineLock.take(made.run()).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(colours(made, "run-warnings-light", 960, 600, false)).isGreaterThan(100);
      assertThat(colours(made, "run-warnings-dark", 1200, 900, true)).isGreaterThan(100);
      Files.writeString(
          made.run().inbox().resolve(System.currentTimeMillis() - 14_000 + "-a.json"),
          "{\"type\":\"stop\"}");
      assertThat(colours(made, "run-stopping-light", 960, 600, false)).isGreaterThan(100);
    }
  }

  private static Event.Warned warned(String kind, String sentence, String proof, Act act) {
    return new Event.Warned(700, sentence, kind, proof, List.of(act));
  }

  @Test
  void showsAYoungRunThatWaits() throws Exception {
    var made = new SyntheticRun(folder.resolve("young"), SyntheticRun.recipe());
    made.begin(1000).write();
    try (var lock = EngineLock.take(made.run()).orElseThrow()) {
      assertThat(colours(made, "run-young-light", 880, 540, false)).isGreaterThan(50);
    }
  }

  @Test
  void showsEventsSettingsLogAndTheCrosshair() throws Exception {
    var made = new SyntheticRun(folder.resolve("tabs"), SyntheticRun.recipe());
    made.begin(1000).train(1, 400, 1000, 28);
    made.add(100, new Event.Started(8200, "0.1.0", "cpu", 2, 250)).train(251, 500, 1000, 28);
    made.step(501, Double.NaN)
        .add(
            5,
            new Event.Warned(501, "The gradient norm was at the clip limit for 94 of 100 steps."));
    made.add(5, new Event.Stopped(501)).write();
    Files.writeString(made.run().log(), "14:02:11 INFO loading /models/tiny-llama-28\n".repeat(60));
    var services = new FakeServices().with(folder, Runnable::run, Platform::runLater);
    Screen.stage();
    var view = Screen.call(() -> new RunView(services, made.run()));
    Stage stage = Picture.window(view.root(), 960, 600, false);
    try {
      var tabs = (TabPane) view.root().lookup(".run-tabs");
      for (int tab = 1; tab < 4; tab++) {
        int chosen = tab;
        Screen.run(() -> tabs.getSelectionModel().select(chosen));
        assertThat(Picture.take(stage, "run-tab-" + tab)).isGreaterThan(100);
      }
      Screen.run(() -> fire(view.root().lookup("#loss"), MouseEvent.MOUSE_MOVED, 160, 90));
      assertThat(Picture.take(stage, "run-crosshair")).isGreaterThan(100);
      Screen.run(() -> fire(view.root().lookup("#rank"), MouseEvent.MOUSE_CLICKED, 130, 100));
      assertThat(view.model().layerProperty().get()).as("the layer clicked").isBetween(8, 20);
      Screen.run(() -> fire(view.root().lookup("#rank"), MouseEvent.MOUSE_MOVED, 130, 100));
      assertThat(Picture.take(stage, "run-layer")).isGreaterThan(100);
    } finally {
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }

  private static void fire(Node node, EventType<MouseEvent> type, double x, double y) {
    Point2D at = node.localToScene(x, y);
    node.fireEvent(
        new MouseEvent(
            type,
            at.getX(),
            at.getY(),
            0,
            0,
            MouseButton.PRIMARY,
            1,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            true,
            null));
  }

  private int colours(SyntheticRun made, String name, int width, int height, boolean dark) {
    var services = new FakeServices().with(folder, Runnable::run, Platform::runLater);
    Screen.stage();
    var view = Screen.call(() -> new RunView(services, made.run()));
    Stage stage = Picture.window(view.root(), width, height, dark);
    try {
      return Picture.take(stage, name);
    } finally {
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }
}
