package org.adapterstudio.app.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.SnapshotParameters;
import javafx.scene.transform.Transform;
import javafx.stage.Stage;
import javafx.util.Duration;
import javax.imageio.ImageIO;
import org.adapterstudio.app.theme.Theme;

/** Takes pictures of the open window at double size, in each theme, and closes it. */
final class WindowPictures {
  private static final Duration SETTLE = Duration.seconds(2.5);
  private static final double WIDTH = 1000; // the headless screen is no wider
  private static final double HEIGHT = 960;
  private final Wiring wiring;
  private final Stage stage;
  private final Path folder;
  private final String name;
  private final Theme before;

  /** Pictures go to {@code folder/NAME-THEME.png}. */
  WindowPictures(Wiring wiring, Stage stage, Path folder, String name) {
    this.wiring = wiring;
    this.stage = stage;
    this.folder = folder;
    this.name = name;
    before = wiring.theme().theme().get();
  }

  /** Starts; returns at once and ends the application when all are taken. */
  void take() {
    stage.setX(0); // the headless screen cannot draw what stands beyond its edges
    stage.setY(0);
    stage.setWidth(WIDTH);
    stage.setHeight(HEIGHT);
    takeNext(List.of(Theme.LIGHT, Theme.DARK));
  }

  private void takeNext(List<Theme> themes) {
    if (themes.isEmpty()) {
      wiring.theme().theme().set(before);
      Platform.exit();
      return;
    }
    wiring.theme().theme().set(themes.getFirst());
    var settle = new PauseTransition(SETTLE);
    settle.setOnFinished(
        _ ->
            Platform.runLater( // a snapshot may not be taken while an animation is played
                () -> {
                  save(themes.getFirst());
                  takeNext(themes.subList(1, themes.size()));
                }));
    settle.play();
  }

  private void save(Theme theme) {
    var parameters = new SnapshotParameters();
    parameters.setTransform(Transform.scale(2, 2));
    parameters.setFill(stage.getScene().getFill());
    var root = stage.getScene().getRoot();
    var image = SwingFXUtils.fromFXImage(root.snapshot(parameters, null), null);
    try {
      Files.createDirectories(folder);
      ImageIO.write(image, "png", folder.resolve(name + "-" + theme.key() + ".png").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
