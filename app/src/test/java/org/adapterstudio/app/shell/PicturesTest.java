package org.adapterstudio.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Keys;
import org.adapterstudio.app.chat.Choice;
import org.adapterstudio.app.settings.Settings;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.testing.FakeEngine;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.app.theme.Theme;
import org.adapterstudio.app.watch.DesktopNotices;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.serve.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of the real window in both themes, for people to look at. */
class PicturesTest {
  private static final double WIDTH = 960;
  private static final double HEIGHT = 600;

  @TempDir Path folder;
  private final FakeEngine engine = new FakeEngine();
  private Stage stage;
  private String home;
  private Scene scene;
  private Wiring wiring;

  @BeforeEach
  void start() {
    home = System.setProperty("user.home", folder.toString());
    stage = Screen.stage();
  }

  @AfterEach
  void stop() {
    Screen.run(
        () -> {
          wiring.close();
          stage.hide();
        });
    System.setProperty("user.home", home);
  }

  @Test
  void emptyLibrary() throws Exception {
    open(List.of());
    Screen.await(() -> !wiring.library().scanning().get());
    inBothThemes("library-empty");
  }

  @Test
  void libraryWithABrokenModelAndAChosenOne() throws Exception {
    open(List.of(furnish(folder.resolve("models"))));
    Screen.await(() -> !wiring.library().scanning().get());
    choose(1);
    inBothThemes("library");
    choose(3);
    inBothThemes("library-unknown-family");
    Screen.run(() -> unshown(1440, 900));
    choose(1);
    inBothThemes("library-wide");
  }

  @Test
  void palette() throws Exception {
    open(List.of(furnish(folder.resolve("models"))));
    Screen.await(() -> !wiring.library().scanning().get());
    Screen.run(
        () -> {
          wiring.palette().open().set(true);
          wiring.palette().query().set("l");
        });
    inBothThemes("palette");
  }

  @Test
  void chatSideBySide() throws Exception {
    Path models = furnish(folder.resolve("models"));
    open(List.of(models));
    Screen.await(() -> !wiring.library().scanning().get());
    Path base = models.resolve("hub/models--acme--llama-pico/snapshots/0a1b2c");
    Screen.run(() -> wiring.shell().openChat(base, models.resolve("adapters/dates-r16")));
    Screen.await(
        () ->
            lookup("#adapter", ComboBox.class).getValue() instanceof Choice c && c.path() != null);
    inBothThemes("chat-empty");
    Screen.run(
        () ->
            lookup("#prompt", TextArea.class)
                .setText("When is the meeting: the third of May 2026?"));
    Screen.run(() -> lookup("#send", Button.class).fire());
    engine.asked.get(0).reply(new Reply.Token("The meeting is a meeting of the meeting, and the"));
    engine
        .asked
        .get(1)
        .reply(new Reply.Generated("{\"date\": \"2026-05-03\"}", 14, 12, 41, "stop_token"));
    inBothThemes("chat");
  }

  @Test
  void noticesAndShortcuts() throws Exception {
    open(List.of(furnish(folder.resolve("models"))));
    Screen.await(() -> !wiring.library().scanning().get());
    choose(2);
    Screen.run(
        () -> {
          wiring.notices().say("Added ~/models");
          wiring
              .notices()
              .show(
                  new Failure(
                      "engine_lost",
                      "The engine ended unexpectedly (signal 9).",
                      "Try again; its log is ~/.local/share/adapter-studio/logs/engine.log.",
                      "last line of the log"));
        });
    inBothThemes("notices");
    Screen.run(wiring.actions()::help);
    inBothThemes("shortcuts");
  }

  @Test
  void theOtherPlaces() throws Exception {
    open(List.of());
    Screen.await(() -> !wiring.library().scanning().get());
    Screen.run(() -> wiring.shell().showTrain(null));
    inBothThemes("place-train");
    Screen.run(() -> wiring.shell().showRuns());
    inBothThemes("place-runs");
  }

  @Test
  void settingsAndKeys() throws Exception {
    open(List.of());
    Screen.run(() -> wiring.shell().showSettings());
    inBothThemes("settings");
    Screen.run(() -> wiring.keys().set(Action.CHAT, Keys.parse("Ctrl J").orElseThrow()));
    Screen.run(() -> lookup("#shortcutSearch", TextField.class).setText("run"));
    Screen.run(() -> wiring.view().root().lookup("#shortcutSearch").requestFocus());
    Screen.run(() -> lookup(".settings-scroll", ScrollPane.class).setVvalue(1));
    inBothThemes("settings-search");
  }

  @Test
  void engineAndDevices() throws Exception {
    open(List.of());
    Screen.await(() -> !wiring.library().scanning().get());
    Screen.run(() -> wiring.shell().showMachine());
    inBothThemes("machine-asking");
    engine
        .asked
        .getFirst()
        .reply(
            new Reply.Runtime(
                "0.1.0",
                8123,
                2,
                "2.7.1",
                "/home/me/.local/share/adapter-studio/natives/pytorch/2.7.1-cpu-linux-x86_64",
                false,
                false,
                0,
                ""));
    inBothThemes("machine");
  }

  @Test
  void aWideWindowWithTheDrawerBesideThePlace() throws Exception {
    open(List.of(furnish(folder.resolve("models"))));
    Screen.await(() -> !wiring.library().scanning().get());
    Screen.run(
        () -> {
          unshown(1440, 900);
          wiring.shell().chatOpen().set(true);
        });
    choose(0);
    Screen.run(() -> lookup("#settingsToggle", javafx.scene.control.ToggleButton.class).fire());
    inBothThemes("wide");
  }

  /** Moves the window's content into a scene of any size: a shown one ends at 1000 x 1000. */
  private void unshown(double width, double height) {
    stage.getScene().setRoot(new javafx.scene.layout.StackPane());
    scene = new Scene(wiring.view().root(), width, height);
    wiring.theme().dress(scene);
  }

  private <N extends javafx.scene.Node> N lookup(String id, Class<N> type) {
    return type.cast(wiring.view().root().lookup(id));
  }

  private void open(List<Path> folders) throws Exception {
    Path settings = folder.resolve("home/settings.json");
    var file = new SettingsFile(settings);
    file.update(
        (Settings now) ->
            now.withTheme("light")
                .withMotion("reduced")
                .withLibraryFolders(folders.stream().map(Path::toString).toList()));
    Path work = Files.createDirectories(folder.resolve("work"));
    TinyModels.write(work.resolve("project.json"), "{}");
    Screen.run(
        () -> {
          wiring = new Wiring(stage, engine, _ -> {}, file, work, _ -> DesktopNotices.NONE);
          scene = new Scene(wiring.view().root(), WIDTH, HEIGHT);
          wiring.theme().dress(scene);
          stage.setScene(scene);
          stage.show();
          wiring.status().refresh();
        });
    Screen.await(() -> wiring.status().reading().get() != null);
  }

  @SuppressWarnings("unchecked")
  private void choose(int row) {
    Screen.run(
        () -> {
          var table = (TableView<Object>) wiring.view().root().lookup("#modelsTable");
          table.getSelectionModel().select(row);
        });
    Screen.await(() -> true);
  }

  private void inBothThemes(String name) {
    for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
      Screen.run(() -> wiring.theme().theme().set(theme));
      Path picture = Screen.picture(scene, name + "-" + theme.key());
      assertThat(picture).isNotEmptyFile();
    }
  }

  static Path furnish(Path models) {
    TinyModels.llama(models.resolve("first-adapter/base"), 64);
    TinyModels.llama(models.resolve("hub/models--acme--llama-pico/snapshots/0a1b2c"), 128);
    TinyModels.model(models.resolve("qwen/qwen2-tiny"), "Qwen2ForCausalLM", "qwen2", 96);
    TinyModels.model(models.resolve("other/phi-tiny"), "PhiForCausalLM", "phi", 32);
    Path broken = TinyModels.llama(models.resolve("a/b/c/llama-cut-short"), 32);
    TinyModels.truncate(broken.resolve("model.safetensors"));
    TinyModels.lora(models.resolve("adapters/dates-r16"), "acme/llama-pico", 16);
    TinyModels.lora(models.resolve("adapters/support-r8"), "acme/llama-pico", 8);
    TinyModels.write(
        models.resolve("data/support.jsonl"),
        "{\"instruction\": \"Say hello\", \"input\": \"\", \"output\": \"Hello!\"}\n");
    return models;
  }
}
