package org.adapterstudio.app.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.stage.Stage;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.testing.StoredRun;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.lineage.Choice;
import org.adapterstudio.contract.run.lineage.Continuation.Kind;
import org.adapterstudio.contract.run.lineage.GoingOn;
import org.adapterstudio.contract.run.seal.Seal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineagePictureTest {
  @TempDir Path folder;

  @Test
  void showsTheDialogOfEachWayToGoOn() {
    RunFolder run = StoredRun.finished(folder.resolve("orders-r8"), 50, 100);
    assertThat(picture(run, 50, Kind.BRANCH, "continue-branch", false)).isGreaterThan(50);
    assertThat(picture(run, null, Kind.EXTEND, "continue-extend", true)).isGreaterThan(50);
    assertThat(picture(run, 50, Kind.REWIND, "continue-rewind", false)).isGreaterThan(50);
    assertThat(picture(run, null, Kind.RESUME, "continue-refused", true)).isGreaterThan(50);
  }

  @Test
  void showsTheFamilyAndTheSealOfABranch() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
    RunFolder root = StoredRun.finished(folder.resolve("runs/orders-r8"), 50, 100);
    new Seal(1, "orders", 1_772_460_131_000L, true, null, null, null).write(root);
    RunFolder branch = branch(root, 50);
    branch(branch, 50);
    new Seal(1, "branch", 1_772_460_131_000L, true, null, null, null).write(branch);
    var services = new FakeServices().with(folder, Runnable::run, Platform::runLater);
    Screen.stage();
    var view = Screen.call(() -> new FamilyView(services, branch));
    Stage stage = dressed(view.root(), 320, 520, false);
    try {
      Screen.await(() -> !Screen.call(() -> view.root().lookupAll(".family-row")).isEmpty());
      Screen.run(() -> ((Button) view.root().lookup("#verify")).fire());
      Screen.await(() -> !view.root().lookupAll(".event-good").isEmpty());
      assertThat(Picture.take(stage, "family")).isGreaterThan(30);
    } finally {
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }

  private static RunFolder branch(RunFolder run, int step) {
    var choice = new Choice.Branch(step, run.recipe(), true, true);
    return GoingOn.prepare(run, choice, GoingOn.branchFolder(run, step));
  }

  private int picture(RunFolder run, Integer step, Kind kind, String name, boolean dark) {
    var services = new FakeServices().with(folder, Runnable::run, Platform::runLater);
    Screen.stage();
    var model = new ContinueViewModel(services, run, step, kind);
    var view = Screen.call(() -> new ContinueView(model, () -> {}));
    Stage stage = dressed(view.root(), 880, 640, dark);
    try {
      Screen.await(() -> model.standingProperty().get() != null);
      if (kind == Kind.BRANCH) {
        Screen.run(() -> model.fields().getFirst().text().set("5e-5"));
      }
      return Picture.take(stage, name);
    } finally {
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }

  private static Stage dressed(Parent root, double width, double height, boolean dark) {
    Stage stage = Picture.window(root, width, height, dark);
    String sheet =
        LineagePictureTest.class
            .getResource("/org/adapterstudio/ui/css/lineage.css")
            .toExternalForm();
    Screen.run(() -> stage.getScene().getStylesheets().add(sheet));
    return stage;
  }
}
