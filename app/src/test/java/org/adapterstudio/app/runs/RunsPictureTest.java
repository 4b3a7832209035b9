package org.adapterstudio.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javafx.stage.Stage;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsPictureTest {
  @TempDir Path folder;

  @Test
  void showsRunsOfEveryKindInBothThemes() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    run("orders-r8").train(1, 1000, 1000, 4).add(10, new Event.Finished(1000, 812)).write();
    run("orders-with-a-name-that-is-far-too-long-for-a-column").train(1, 340, 1000, 4).write();
    run("stopped-early").train(1, 120, 1000, 4).add(5, new Event.Stopped(120)).write();
    run("reviews").classify(1, 500, 1000, 4).add(5, new Event.Stopped(500)).write();
    new SyntheticRun(folder.resolve("runs/waiting"), SyntheticRun.recipe());
    var live = run("live").train(1, 700, 1000, 4).write();
    try (var lock = EngineLock.take(live.run()).orElseThrow()) {
      assertThat(picture("runs-light", 1000, 600, false)).isGreaterThan(100);
      assertThat(picture("runs-dark", 960, 600, true)).isGreaterThan(100);
    }
  }

  @Test
  void saysWhatToDoWhenThereAreNone() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    assertThat(picture("runs-empty-light", 880, 540, false)).isGreaterThan(30);
  }

  private SyntheticRun run(String name) {
    return new SyntheticRun(folder.resolve("runs").resolve(name), SyntheticRun.recipe())
        .begin(1000);
  }

  private int picture(String name, int width, int height, boolean dark) {
    var services = new FakeServices().with(folder, Runnable::run, Runnable::run);
    Screen.stage();
    var view = Screen.call(() -> new RunsView(services));
    Stage stage = Picture.window(view.root(), width, height, dark);
    try {
      return Picture.take(stage, name);
    } finally {
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }
}
