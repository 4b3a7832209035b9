package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Keys;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.testing.FakeEngine;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.app.theme.Theme;
import org.adapterstudio.app.watch.DesktopNotices;
import org.adapterstudio.contract.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** The window under real keys. */
class WindowTest {
  @TempDir Path folder;
  private final FxRobot robot = new FxRobot();
  private final FakeEngine engine = new FakeEngine();
  private SettingsFile settings;
  private Stage stage;
  private Wiring wiring;

  @BeforeEach
  void open() {
    stage = Screen.stage();
    settings = new SettingsFile(folder.resolve("settings.json"));
    TinyModels.llama(folder.resolve("models/pico"), 32);
    settings.update(
        now ->
            now.withTheme("light")
                .withLibraryFolders(java.util.List.of(folder.resolve("models").toString())));
    TinyModels.write(folder.resolve("work/project.json"), "{}");
    Screen.run(
        () -> {
          wiring =
              new Wiring(
                  stage,
                  engine,
                  _ -> {},
                  settings,
                  folder.resolve("work"),
                  _ -> DesktopNotices.NONE);
          var scene = new Scene(wiring.view().root(), 900, 600);
          wiring.theme().dress(scene);
          wiring.actions().shortcuts().listen(scene);
          stage.setScene(scene);
          stage.show();
          stage.requestFocus();
        });
    Screen.await(() -> !wiring.library().scanning().get());
  }

  @AfterEach
  void close() {
    Screen.run(
        () -> {
          wiring.close();
          stage.hide();
        });
  }

  @Test
  void controlKOpensThePaletteAndEnterDoesWhatWasTyped() {
    robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
    Screen.await(() -> wiring.palette().open().get());
    robot.write("dark theme");
    Screen.await(() -> wiring.palette().query().get().equals("dark theme"));
    robot.type(KeyCode.ENTER);
    Screen.await(() -> wiring.theme().theme().get() == Theme.DARK);
    assertThat(settings.get().theme()).isEqualTo("dark");
    assertThat(Screen.call(() -> wiring.palette().open().get())).isFalse();
  }

  @Test
  void aDigitGoesToAPlaceUnlessATextIsBeingTyped() {
    Screen.run(() -> wiring.shell().chatOpen().set(true));
    Screen.await(this::promptHasTheKeys);
    robot.write("1 2");
    Screen.await(
        () ->
            stage.getScene().lookup("#prompt") instanceof javafx.scene.control.TextArea area
                && area.getText().equals("1 2"));
    assertThat(Screen.call(() -> wiring.shell().stop().get().place())).isEqualTo(Place.LIBRARY);
  }

  /**
   * The drawer gives the keys to its own field as it opens, and the window may just have come up.
   */
  private boolean promptHasTheKeys() {
    var prompt = stage.getScene().lookup("#prompt");
    stage.requestFocus();
    prompt.requestFocus();
    return stage.isFocused() && stage.getScene().getFocusOwner() == prompt;
  }

  @Test
  void keysThatWereChosenDoWhatTheOldOnesDid() {
    Screen.run(() -> wiring.keys().set(Action.RUNS, Keys.parse("Ctrl R").orElseThrow()));
    robot.type(KeyCode.DIGIT3);
    robot.press(KeyCode.CONTROL).type(KeyCode.R).release(KeyCode.CONTROL);
    Screen.await(() -> wiring.shell().stop().get().place() == Place.RUNS);
    var rail = (ToggleButton) stage.getScene().lookup("#runs");
    assertThat(rail.getTooltip().getText()).endsWith("(Ctrl R)");
  }

  @Test
  void helpShowsTheKeysOfThisScreen() {
    robot.type(KeyCode.F1);
    Screen.await(() -> wiring.view().overlay().isVisible());
    assertThat(words(wiring.view().overlay()))
        .contains("Search on this screen", "/")
        .doesNotContain("Ctrl Enter");
    robot.type(KeyCode.DIGIT3);
    robot.type(KeyCode.ESCAPE);
    Screen.await(() -> !wiring.view().overlay().isVisible());
    assertThat(Screen.call(() -> wiring.shell().stop().get().place()))
        .as("keys rest under a card")
        .isEqualTo(Place.LIBRARY);
  }

  @Test
  void thePaletteOffersWhatWasRunLastFirst() {
    Screen.run(() -> wiring.palette().open().set(true));
    Screen.run(() -> wiring.palette().query().set("light theme"));
    Screen.run(wiring.palette()::run);
    Screen.run(() -> wiring.palette().open().set(true));
    assertThat(wiring.palette().found().getFirst().id()).isEqualTo(Action.THEME_LIGHT.key());
    assertThat(wiring.palette().found().get(1).kind()).isEqualTo("palette.kind.here");
  }

  @Test
  void theStatusBarLeadsToTheRuns() {
    Screen.run(() -> ((Button) stage.getScene().lookup("#running")).fire());
    Screen.await(() -> wiring.shell().stop().get().place() == Place.RUNS);
  }

  @Test
  void aFailureStaysOnScreenUntilDismissed() {
    Screen.run(
        () -> wiring.services().dialogs().show(Failure.badInput("No tokenizer.", "Fetch it.")));
    Screen.await(() -> !stage.getScene().getRoot().lookupAll(".notice-error").isEmpty());
    Screen.run(() -> wiring.notices().dismiss(wiring.notices().shown().getFirst()));
    Screen.await(() -> stage.getScene().getRoot().lookupAll(".notice-error").isEmpty());
  }

  private static String words(Node node) {
    return Screen.call(
        () ->
            node.lookupAll(".label").stream()
                .map(label -> ((Label) label).getText())
                .collect(Collectors.joining(" ")));
  }
}
