package org.adapterstudio.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.adapterstudio.app.settings.Settings;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;

/** The window's life: opened by the launcher, dressed, fed with keys and dropped files, closed. */
public final class StudioApp extends Application {
  private static final Duration STATUS_EVERY = Duration.seconds(3);

  private Wiring wiring;
  private Timeline statusTimer;

  @Override
  public void start(Stage stage) {
    wiring = Wiring.real(stage);
    var uncaught =
        new UncaughtFailures(
            wiring.services().dialogs()::show,
            System::currentTimeMillis,
            Runs.home().resolve("logs/window.log"));
    Thread.setDefaultUncaughtExceptionHandler(uncaught);
    Thread.currentThread().setUncaughtExceptionHandler(uncaught);
    show(stage);
    statusTimer =
        new Timeline(
            new KeyFrame(Duration.ZERO, _ -> wiring.status().refresh()),
            new KeyFrame(STATUS_EVERY));
    statusTimer.setCycleCount(Animation.INDEFINITE);
    statusTimer.play();
    openAsked(stage, getParameters().getRaw());
  }

  @Override
  public void stop() {
    if (statusTimer != null) {
      statusTimer.stop();
    }
    if (wiring != null) {
      wiring.close();
    }
  }

  private void show(Stage stage) {
    Settings settings = wiring.settings().get();
    var scene = new Scene(wiring.view().root(), settings.width(), settings.height());
    wiring.theme().dress(scene);
    wiring.actions().shortcuts().listen(scene);
    scene.setOnDragOver(this::dragged);
    scene.setOnDragExited(_ -> wiring.view().dropLayer().setVisible(false));
    scene.setOnDragDropped(this::dropped);
    stage.setTitle(Messages.text("app.title"));
    stage.setMinWidth(800);
    stage.setMinHeight(560);
    stage.setScene(scene);
    stage.setOnCloseRequest(
        _ -> wiring.settings().update(s -> s.withSize(scene.getWidth(), scene.getHeight())));
    stage.show();
  }

  private void openAsked(Stage stage, List<String> arguments) {
    try {
      option(arguments, "--run").map(RunFolder::open).ifPresent(wiring.shell()::showRun);
    } catch (StudioException e) {
      wiring.services().dialogs().show(e.failure());
    }
    option(arguments, "--pictures")
        .ifPresent(folder -> new WindowPictures(wiring, stage, folder, "run").take());
  }

  private static Optional<Path> option(List<String> arguments, String name) {
    int at = arguments.indexOf(name);
    return at < 0 || at + 1 >= arguments.size()
        ? Optional.empty()
        : Optional.of(Path.of(arguments.get(at + 1)));
  }

  private void dragged(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      event.acceptTransferModes(TransferMode.COPY);
      wiring.view().dropLayer().setVisible(true);
    }
  }

  private void dropped(DragEvent event) {
    wiring.view().dropLayer().setVisible(false);
    event.getDragboard().getFiles().forEach(file -> open(file.toPath()));
    event.setDropCompleted(true);
    event.consume();
  }

  private void open(Path path) {
    try {
      wiring.opening().open(path);
    } catch (StudioException e) {
      Failure why = e.failure();
      wiring.services().dialogs().show(why);
    }
  }
}
