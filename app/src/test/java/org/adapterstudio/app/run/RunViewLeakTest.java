package org.adapterstudio.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.ui.Services;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunViewLeakTest {
  @TempDir Path folder;

  @Test
  void leavesNothingBehindWhenClosed() throws Exception {
    var made = new SyntheticRun(folder.resolve("run"), SyntheticRun.recipe());
    made.begin(100).train(1, 50, 100, 3).write();
    Services services = new FakeServices().with(folder, Runnable::run, Platform::runLater);
    Screen.stage();
    var gone = new ArrayList<WeakReference<RunView>>();
    for (int i = 0; i < 3; i++) {
      gone.add(shownAndClosed(services, made));
    }
    for (int i = 0; i < 50 && alive(gone) > 0; i++) {
      System.gc();
      Screen.run(() -> {});
      Thread.sleep(40);
    }
    assertThat(alive(gone)).isZero();
  }

  private static long alive(List<WeakReference<RunView>> views) {
    return views.stream().filter(view -> view.get() != null).count();
  }

  private static WeakReference<RunView> shownAndClosed(Services services, SyntheticRun made) {
    RunView view = Screen.call(() -> new RunView(services, made.run()));
    Stage stage = Picture.window(view.root(), 800, 600, false);
    Screen.run(
        () -> {
          view.close();
          stage.getScene().setRoot(new javafx.scene.layout.Pane());
          stage.hide();
        });
    return new WeakReference<>(view);
  }
}
