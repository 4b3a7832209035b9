package org.adapterstudio.app.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.fxml.FXML;
import javafx.fxml.FXMLLoader;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.testing.Sources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every FXML file loads with its own controller class, and every injected field is there. */
class FxmlTest {
  static Stream<Path> files() {
    return Sources.files(Sources.resources().resolve("fxml"), ".fxml").stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void loadsAndInjectsEveryField(Path file) {
    Screen.stage();
    var controllers = new ArrayList<Object>();
    Object root =
        Screen.call(
            () -> {
              URL address =
                  getClass().getResource("/org/adapterstudio/ui/fxml/" + file.getFileName());
              var loader = new FXMLLoader(address, Messages.bundle());
              loader.setControllerFactory(
                  type -> {
                    Object controller = unbuilt(type);
                    controllers.add(controller);
                    return controller;
                  });
              return loader.load();
            });
    assertThat(root).isNotNull();
    assertThat(controllers).as("names its controller").isNotEmpty();
    assertThat(controllers).allSatisfy(FxmlTest::requireFields);
  }

  private static void requireFields(Object controller) {
    List<String> empty = new ArrayList<>();
    for (Field field : controller.getClass().getDeclaredFields()) {
      if (field.isAnnotationPresent(FXML.class)) {
        field.setAccessible(true);
        try {
          if (field.get(controller) == null) {
            empty.add(field.getName());
          }
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    assertThat(empty).as("fields of %s without a node", controller.getClass()).isEmpty();
  }

  /** An instance whose constructor, which would want services, did not run. */
  private static Object unbuilt(Class<?> type) {
    try {
      return sun.reflect.ReflectionFactory.getReflectionFactory()
          .newConstructorForSerialization(type, Object.class.getDeclaredConstructor())
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
