package org.adapterstudio.app.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.stage.Stage;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.chat.Choice;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.settings.SettingsFile;
import org.adapterstudio.app.testing.AnsweringEngine;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.app.testing.TinyModels;
import org.adapterstudio.app.theme.Theme;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.watch.DesktopNotices;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.Work;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;

/** The real window over a library and a project as a person has them after a few days. */
final class FurnishedWindow implements AutoCloseable {
  private final Path folder;
  private final AnsweringEngine engine = new AnsweringEngine();
  private final Stage stage;
  private final Wiring wiring;
  private final EngineLock working;
  private final String home;
  private final RunFolder live;
  private final RunFolder lost;
  private Scene scene;

  FurnishedWindow(Path folder, double width, double height) throws Exception {
    this(folder, width, height, 1000);
  }

  /** A window over runs of so many steps. */
  FurnishedWindow(Path folder, double width, double height, int steps) throws Exception {
    this.folder = folder;
    stage = Screen.stage();
    Path work = folder.resolve("lamps");
    TinyModels.write(work.resolve("project.json"), "{}");
    TinyModels.write(work.resolve("data/orders.jsonl"), "{}\n");
    home = System.setProperty("user.home", folder.toString()); // paths read as a person's own
    models();
    live = runs(work.resolve("runs"), steps);
    queue(work);
    lost = RunFolder.open(work.resolve("runs/orders-r64"));
    working = EngineLock.take(live).orElseThrow();
    var settings = new SettingsFile(folder.resolve("home/settings.json"));
    settings.update(
        now ->
            now.withTheme("light")
                .withMotion("reduced")
                .withLibraryFolders(List.of(folder.resolve("models").toString())));
    wiring =
        Screen.call(
            () -> new Wiring(stage, engine, _ -> {}, settings, work, _ -> DesktopNotices.NONE));
    resize(width, height);
    Screen.run(() -> wiring.status().refresh());
    Screen.await(
        () -> wiring.status().reading().get() != null && !wiring.library().scanning().get());
  }

  Wiring wiring() {
    return wiring;
  }

  Scene scene() {
    return scene;
  }

  Node root() {
    return wiring.view().root();
  }

  /** The run that trains. */
  RunFolder live() {
    return live;
  }

  /** The run whose engine is gone. */
  RunFolder lost() {
    return lost;
  }

  /** Gives the window's content another size; a shown stage ends at the headless screen's edge. */
  void resize(double width, double height) {
    Screen.run(
        () -> {
          if (scene != null) {
            scene.setRoot(new javafx.scene.layout.StackPane());
          }
          scene = new Scene(wiring.view().root(), width, height);
          wiring.theme().dress(scene);
          stage.setScene(scene);
          stage.show();
        });
  }

  void wear(Theme theme) {
    Screen.run(() -> wiring.theme().theme().set(theme));
  }

  /** The library with a chosen model. */
  void library() {
    Screen.run(
        () -> {
          wiring.shell().showLibrary();
          ((TableView<?>) root().lookup("#modelsTable")).getSelectionModel().select(1);
        });
  }

  /** The training form, filled and planned. */
  void train() {
    fill();
    fill(); // complete now, so that the base folds
  }

  /** Fills the form and waits until the plan of this filling is on screen. */
  private void fill() {
    int before = engine.plans();
    Screen.run(() -> wiring.shell().showTrain(draft()));
    Screen.await(() -> engine.plans() > before && complete());
  }

  private boolean complete() {
    for (Node at = root().lookup(".memory-bar"); at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return root().lookup("#start") instanceof Button start
        && start.getText().equals(Messages.text("train.start"));
  }

  private Recipe draft() {
    var model = Recipe.Model.of(folder.resolve("models/acme/llama-160m").toString());
    return new Recipe(
        Recipe.VERSION, null, model, Recipe.Data.of("data/orders.jsonl"), null, null, null);
  }

  /** All methods. */
  void methods() {
    train();
    Screen.run(() -> act(Action.METHODS));
  }

  void runs() {
    Screen.run(() -> wiring.shell().showRuns());
    Screen.await(() -> !((TableView<?>) root().lookup("#table")).getItems().isEmpty());
  }

  void queue() {
    Screen.run(() -> wiring.shell().showQueue());
    Screen.await(
        () -> root().lookup("#list") instanceof ListView<?> all && !all.getItems().isEmpty());
  }

  /** Three runs beside each other. */
  void compare() {
    RunFolder stopped = RunFolder.open(live.path().resolveSibling("orders-r8"));
    Screen.run(() -> wiring.shell().showCompare(List.of(live, stopped, lost)));
    Screen.await(() -> root().lookup("#body") != null && root().lookup("#body").isVisible());
  }

  void run(RunFolder run) {
    Screen.run(() -> wiring.shell().showRun(run));
    Screen.await(() -> root().lookup("#loss") != null);
  }

  void machine() {
    Screen.run(() -> wiring.shell().showMachine());
    Screen.await(() -> root().lookup("#devices") != null);
  }

  void settings() {
    Screen.run(() -> wiring.shell().showSettings());
  }

  /** The drawer with one question answered twice. */
  void chat() {
    Path base = folder.resolve("models/acme/llama-1b");
    Path adapter = folder.resolve("models/adapters/orders-r16");
    Screen.run(() -> wiring.shell().openChat(base, adapter));
    Screen.await(
        () ->
            root().lookup("#adapter") instanceof ComboBox<?> box
                && box.getValue() instanceof Choice choice
                && choice.path() != null);
    Screen.run(
        () -> {
          ((Button) root().lookup("#clear")).fire();
          ((TextArea) root().lookup("#prompt")).setText("Order 3 blue lamps for Tuesday");
          ((Button) root().lookup("#send")).fire();
        });
    Screen.await(() -> root().lookupAll(".answer").size() > 1);
  }

  void closeChat() {
    Screen.run(() -> wiring.shell().chatOpen().set(false));
  }

  /** A failure with its details, and a run's end. */
  void notices() {
    Screen.run(
        () -> {
          wiring.notices().show(new Failure("engine_lost", "The engine ended.", "Again.", "log"));
          wiring.notices().tell("“a” finished.", false, new Notices.Act("Show", () -> {}));
        });
  }

  void act(Action action) {
    wiring.actions().offered().stream()
        .flatMap(actions -> actions.find(action).stream())
        .findFirst()
        .orElseThrow()
        .run();
  }

  @Override
  public void close() {
    Screen.run(
        () -> {
          wiring.close();
          scene.setRoot(new javafx.scene.layout.StackPane());
          stage.hide();
        });
    working.close();
    System.setProperty("user.home", home);
  }

  private void models() {
    Path models = folder.resolve("models");
    TinyModels.large(models.resolve("acme/llama-1b"), 2048, 16, 32_000);
    TinyModels.large(models.resolve("acme/llama-160m"), 768, 12, 32_000);
    TinyModels.large(
        models.resolve("hub/models--acme--llama-7b/snapshots/0a1b2c"), 4096, 26, 32_000);
    TinyModels.model(models.resolve("qwen/qwen2-tiny"), "Qwen2ForCausalLM", "qwen2", 96);
    Path cut = TinyModels.llama(models.resolve("downloads/old/llama-cut-short"), 32);
    TinyModels.truncate(cut.resolve("model.safetensors"));
    TinyModels.lora(models.resolve("adapters/orders-r16"), "llama-1b", 16);
    TinyModels.lora(models.resolve("adapters/support-r8"), "llama-1b", 8);
    TinyModels.write(
        models.resolve("data/orders.jsonl"),
        "{\"instruction\": \"Order 3 lamps\", \"output\": \"{}\"}\n".repeat(300));
  }

  private static RunFolder runs(Path runs, int steps) throws Exception {
    int half = steps / 2;
    run(runs, "reviews-lora", half)
        .classify(1, half, half, 12)
        .add(10, new Event.Finished(half, 390))
        .write();
    run(runs, "orders-r8", steps).train(1, half, steps, 28).add(5, new Event.Stopped(half)).write();
    run(runs, "orders-r64", steps).train(1, steps / 3, steps, 28).write();
    new SyntheticRun(runs.resolve("orders-r32"), recipe("orders-r32"));
    SyntheticRun live = run(runs, "orders-r16", steps).sample(0);
    live.train(1, steps * 84 / 100, steps, 28).write();
    Files.writeString(live.run().log(), "14:02:11 INFO loading /models/llama-1b\n".repeat(40));
    Files.createDirectories(live.run().checkpoint(750));
    return live.run();
  }

  /** The live run, one that waits, and an export when the first has ended. */
  private void queue(Path work) {
    QueueFolder queue = QueueFolder.of(work);
    var edits = new QueueEdits(queue);
    edits.add(QueueEdits.Wish.run(live, queue, true));
    var export =
        new Work.Act(
            List.of("export", "orders-r16", "--as", "merged", "--out", "merged"), work.toString());
    edits.add(
        new QueueEdits.Wish("export-orders", export, List.of("orders-r16"), false, false, null));
    RunFolder waiting = RunFolder.open(work.resolve("runs/orders-r32"));
    edits.add(QueueEdits.Wish.run(waiting, queue, true));
  }

  /** The recipe of a run whose name ends in its rank. */
  private static Recipe recipe(String name) {
    Recipe all = SyntheticRun.recipe();
    String digits = name.replaceAll(".*-r(\\d+)$|.*", "$1");
    int rank = digits.isEmpty() ? 8 : Integer.parseInt(digits);
    var adapter =
        new Recipe.Adapter(
            "lora", rank, 2.0 * rank, 0.0, null, null, null, null, null, null, null, null);
    return new Recipe(
        all.version(), null, all.model(), all.data(), adapter, all.training(), all.sampling());
  }

  private static SyntheticRun run(Path runs, String name, int steps) {
    return new SyntheticRun(runs.resolve(name), recipe(name)).begin(steps);
  }

  /** Every screen by its name, each with real contents. */
  Map<String, Runnable> screens() {
    var screens = new java.util.LinkedHashMap<String, Runnable>();
    screens.put("library", this::library);
    screens.put("train", this::train);
    screens.put("methods", this::methods);
    screens.put("runs", this::runs);
    screens.put("compare", this::compare);
    screens.put("queue", this::queue);
    screens.put("run", () -> run(live));
    screens.put("run-lost", () -> run(lost));
    screens.put("engine", this::machine);
    screens.put("settings", this::settings);
    return screens;
  }
}
