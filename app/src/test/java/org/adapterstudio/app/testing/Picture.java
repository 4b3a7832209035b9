package org.adapterstudio.app.testing;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.HashSet;
import java.util.List;
import javafx.application.Application;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import org.adapterstudio.app.plot.CanvasPlot;
import org.testfx.util.WaitForAsyncUtils;

/** Pictures of a single screen, dressed as the window dresses it. */
public final class Picture {
  private static final List<String> SHEETS =
      List.of("base", "controlsfx", "shell", "train", "runs", "run", "compare", "machine", "queue");

  static {
    System.setProperty(CanvasPlot.DENSITY, "2"); // sharp at scale 2
  }

  private Picture() {}

  /** Shows a screen in a window of this size. */
  public static Stage window(Parent root, double width, double height, boolean dark) {
    Screen.stage();
    return Screen.call(
        () -> {
          Application.setUserAgentStylesheet(
              dark
                  ? new PrimerDark().getUserAgentStylesheet()
                  : new PrimerLight().getUserAgentStylesheet());
          var scene = new Scene(root, width, height);
          scene.getStylesheets().add(sheet(dark ? "dark" : "light"));
          SHEETS.forEach(name -> scene.getStylesheets().add(sheet(name)));
          var stage = new Stage();
          stage.setScene(scene);
          stage.show();
          return stage;
        });
  }

  /** Saves what the window shows and counts its colours, up to 1000: a blank one has few. */
  public static int take(Stage stage, String name) {
    WaitForAsyncUtils.waitForFxEvents();
    Screen.run(
        () -> {
          stage.getScene().getRoot().applyCss();
          stage.getScene().getRoot().layout();
        });
    var file = Screen.picture(stage.getScene(), name);
    var reader = new Image(file.toUri().toString()).getPixelReader();
    var seen = new HashSet<Integer>();
    var scene = stage.getScene();
    for (int y = 0; y < 2 * scene.getHeight() && seen.size() < 1000; y += 3) {
      for (int x = 0; x < 2 * scene.getWidth(); x += 3) {
        seen.add(reader.getArgb(x, y));
      }
    }
    return seen.size();
  }

  private static String sheet(String name) {
    return Picture.class.getResource("/org/adapterstudio/ui/css/" + name + ".css").toExternalForm();
  }
}
