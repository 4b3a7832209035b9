package org.adapterstudio.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** JavaFX without a screen: starts the toolkit, runs code on its thread, takes pictures. */
public final class Screen {
  private Screen() {}

  /** A stage of the running toolkit. */
  public static Stage stage() {
    try {
      return FxToolkit.registerPrimaryStage();
    } catch (TimeoutException e) {
      throw new IllegalStateException("The toolkit does not start", e);
    }
  }

  /** Runs on the JavaFX thread and waits for the result. */
  public static <T> T call(Callable<T> work) {
    return WaitForAsyncUtils.waitForAsyncFx(20_000, work);
  }

  /** Runs on the JavaFX thread and waits for the end. */
  public static void run(Runnable work) {
    call(
        () -> {
          work.run();
          return null;
        });
  }

  /** Waits until something holds on the JavaFX thread, at most ten seconds. */
  public static void await(BooleanSupplier condition) {
    try {
      WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> call(condition::getAsBoolean));
    } catch (TimeoutException e) {
      throw new AssertionError("It never came to hold", e);
    }
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** Saves a scene at double size as {@code NAME.png} where pictures of this build go. */
  public static Path picture(Scene scene, String name) {
    return picture(scene, folder().resolve(name + ".png"), 2);
  }

  /** Saves a scene at some scale. */
  public static Path picture(Scene scene, Path file, int scale) {
    WaitForAsyncUtils.waitForFxEvents();
    WritableImage image = call(() -> snapshot(scene, scale));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static WritableImage snapshot(Scene scene, int scale) {
    scene.getRoot().resize(scene.getWidth(), scene.getHeight());
    scene.getRoot().applyCss();
    scene.getRoot().layout();
    var parameters = new SnapshotParameters();
    parameters.setTransform(Transform.scale(scale, scale));
    parameters.setFill(scene.getFill());
    parameters.setViewport(
        new Rectangle2D(0, 0, scale * scene.getWidth(), scale * scene.getHeight()));
    return scene.getRoot().snapshot(parameters, null);
  }

  private static Path folder() {
    String asked = System.getProperty("pictures", "");
    return asked.isBlank() ? Path.of("target/pictures") : Path.of(asked);
  }
}
