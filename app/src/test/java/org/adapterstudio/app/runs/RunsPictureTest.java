package org.adapterstudio.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunAbout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsPictureTest {
  @TempDir Path folder;

  @Test
  void showsRunsOfEveryKindInBothThemes() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    var best = run("orders-r8").train(1, 1000, 1000, 4).add(10, new Event.Finished(1000, 812));
    tag(best.write(), "", "the one to ship", "night", "good");
    tag(
        run("orders-with-a-name-that-is-far-too-long-for-a-column").train(1, 340, 1000, 4).write(),
        "",
        "",
        "night",
        "sweep-17",
        "dataset-of-march",
        "second-try",
        "wide");
    run("stopped-early").train(1, 120, 1000, 4).add(5, new Event.Stopped(120)).write();
    var failed = run("no-memory").train(1, 37, 1000, 4);
    failed.add(5, new Event.Failed(37, Failure.badInput("Memory ran out.", "Less rows.")));
    tag(failed.write(), "Orders, wide, a name that a person gave it", "", "bad");
    tag(run("reviews").classify(1, 500, 1000, 4).add(5, new Event.Stopped(500)).write(), "", "");
    new SyntheticRun(folder.resolve("runs/waiting"), SyntheticRun.recipe());
    Files.writeString(
        Files.createDirectories(folder.resolve("runs/broken")).resolve("recipe.json"), "{");
    var old = run("old").train(1, 200, 1000, 4).add(5, new Event.Finished(200, 99)).write();
    RunAbout.change(old.run(), about -> about.archived(true));
    var live = run("live").train(1, 700, 1000, 4).write();
    try (var lock = EngineLock.take(live.run()).orElseThrow()) {
      assertThat(picture("runs-light", 1000, 600, false, _ -> {})).isGreaterThan(100);
      assertThat(picture("runs-dark", 960, 600, true, this::chooseThree)).isGreaterThan(100);
      assertThat(picture("runs-archived-light", 960, 600, false, this::undoing)).isGreaterThan(100);
    }
  }

  private void chooseThree(RunsView view) {
    var table = (TableView<?>) view.root().lookup("#table");
    table.getSelectionModel().selectIndices(0, 2, 3);
    view.actions().find(Action.TAG_RUN).orElseThrow().run();
  }

  private void undoing(RunsView view) {
    ((ToggleButton) view.root().lookup("#archived")).setSelected(true);
    view.model().acts().archive(List.of(view.model().found().getFirst()), true);
    ((TextField) view.root().lookup("#search")).setText("rank:8 colour:red");
  }

  private static void tag(SyntheticRun run, String name, String note, String... tags) {
    RunAbout.change(
        run.run(), about -> about.named(name).noted(note).tagged(List.of(tags), List.of()));
  }

  @Test
  void saysWhatToDoWhenThereAreNone() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    assertThat(picture("runs-empty-light", 880, 540, false, _ -> {})).isGreaterThan(30);
  }

  private SyntheticRun run(String name) {
    return new SyntheticRun(folder.resolve("runs").resolve(name), SyntheticRun.recipe())
        .begin(1000);
  }

  private int picture(String name, int width, int height, boolean dark, Consumer<RunsView> first) {
    var services = new FakeServices().with(folder, Runnable::run, Runnable::run);
    Screen.stage();
    var view = Screen.call(() -> new RunsView(services));
    Stage stage = Picture.window(view.root(), width, height, dark);
    try {
      Screen.run(
          () -> {
            view.root().applyCss();
            view.root().layout();
            first.accept(view);
          });
      return Picture.take(stage, name);
    } finally {
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }
}
