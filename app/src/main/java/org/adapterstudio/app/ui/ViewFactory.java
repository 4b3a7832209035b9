package org.adapterstudio.app.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/**
 * Loads FXML for controllers that were built with their own constructor arguments. A view calls
 * {@code load("library.fxml", this)} in its constructor and is the controller the file names.
 */
public final class ViewFactory {
  private static final String FOLDER = "/org/adapterstudio/ui/fxml/";

  private ViewFactory() {}

  /**
   * Loads a file of {@code /org/adapterstudio/ui/fxml} with the message bundle.
   *
   * @param controller an instance of the class the file's {@code fx:controller} names
   */
  public static Parent load(String file, Object controller) {
    URL place = ViewFactory.class.getResource(FOLDER + file);
    if (place == null) {
      throw new IllegalArgumentException("No FXML called " + file);
    }
    var loader = new FXMLLoader(place, Messages.bundle());
    loader.setControllerFactory(type -> require(type, controller, file));
    try {
      return loader.load();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be loaded", e);
    }
  }

  private static Object require(Class<?> type, Object controller, String file) {
    if (!type.isInstance(controller)) {
      throw new IllegalStateException(
          file + " names the controller " + type + " and was loaded by " + controller.getClass());
    }
    return controller;
  }
}
