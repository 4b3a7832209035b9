package org.adapterstudio.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.control.TabPane;
import javafx.stage.Stage;
import org.adapterstudio.app.exchange.Import;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RanksViewModelTest {
  @TempDir Path folder;

  private SyntheticRun run(int steps) {
    var made = new SyntheticRun(folder.resolve("orders"), SyntheticRun.recipe());
    return made.begin(1000).train(1, steps, 1000, 24).write();
  }

  private static RanksViewModel model(SyntheticRun made) {
    var model = new RanksViewModel(made.run(), made.run().recipe());
    take(model, EventLog.readAll(made.run().events()), RunState.TRAINING);
    return model;
  }

  private static void take(RanksViewModel model, List<EventLog.Entry> fresh, RunState state) {
    model.take(fresh);
    model.look(state);
  }

  @Test
  void tooEarlyIsSaidAndNothingCanBeApplied() {
    RankPanel panel = model(run(60)).panelProperty().get();
    assertThat(panel.sentence()).isEqualTo("Ranks are advised from step 100 on.");
    assertThat(panel.rows()).isEmpty();
    assertThat(panel.apply()).isEmpty();
  }

  @Test
  void everyLayerIsListedTheOnesToChangeFirstAndMoreEnergyKeepsMore() {
    RanksViewModel model = model(run(300));
    RankPanel panel = model.panelProperty().get();
    assertThat(panel.sentence()).startsWith("24 of 24 layers need less rank to keep 95\u00a0%");
    assertThat(panel.apply()).isEqualTo("Change 24 ranks and go on");
    int before = panel.rows().stream().mapToInt(RankPanel.RankRow::advised).sum();
    model.energyProperty().set(0.99);
    int after =
        model.panelProperty().get().rows().stream().mapToInt(RankPanel.RankRow::advised).sum();
    assertThat(after).isGreaterThan(before);
  }

  @Test
  void whatIsAskedForStandsUntilTheEngineAnswersAndThenTellsWhetherItPaid() throws Exception {
    var made = run(300);
    RanksViewModel model = model(made);
    model.apply();
    try (var letters = Files.list(made.run().inbox())) {
      var letter = Json.as(Json.read(letters.toList().getFirst()), Command.class);
      assertThat(((Command.ChangeRanks) letter).ranks()).hasSize(24);
    }
    assertThat(model.panelProperty().get().notice()).startsWith("Asked for");
    assertThat(model.panelProperty().get().apply()).isEmpty();
    take(model, List.of(), RunState.STOPPED);
    assertThat(model.panelProperty().get().notice()).contains("when the run goes on");
    var change = new Event.RankChanged(300, List.of(), 2_000_000, 750_000, 0.043);
    take(model, List.of(new EventLog.Entry(9999, 1, change)), RunState.TRAINING);
    RankPanel panel = model.panelProperty().get();
    assertThat(panel.notice()).isEmpty();
    assertThat(panel.outcome())
        .containsExactly(
            "After step 300 the ranks of 0 layers changed: 8.0 MB became 3.0 MB, 4.3\u00a0% of the"
                + " change was cut off.");
    assertThat(panel.sentence()).contains("since the last change");
  }

  @Test
  void aRefusalEndsTheWaiting() {
    RanksViewModel model = model(run(300));
    model.apply();
    var warned = new Event.Warned(300, "The ranks stay.");
    take(model, List.of(new EventLog.Entry(9999, 1, warned)), RunState.TRAINING);
    assertThat(model.panelProperty().get().notice()).isEmpty();
    assertThat(model.panelProperty().get().apply()).isNotEmpty();
  }

  @Test
  void showsAdviceAndOutcomeInBothThemes() {
    var made = run(400);
    made.add(5, new Event.RankChanged(400, layers(), 1_228_800, 460_800, 0.031));
    made.train(401, 520, 1000, 24).write();
    picture(made, "run-ranks-light", 1000, 900, false);
    picture(made, "run-ranks-dark", 1000, 900, true);
    picture(made, "run-ranks-small", 960, 600, false);
  }

  @Test
  void showsAnImportedRunAsFarAsItsLogTells() throws Exception {
    Path board = Files.createDirectories(folder.resolve("saves/train_2026-03-02-14-02-11"));
    var log = new StringBuilder();
    for (int step = 5; step <= 400; step += 5) {
      double loss = 1 + 2 * Math.exp(-step / 120.0);
      log.append(
          "{\"current_steps\": %d, \"total_steps\": 600, \"loss\": %.4f, \"lr\": 5e-05,"
                  .formatted(step, loss)
              + " \"epoch\": 0.5, \"elapsed_time\": \"0:01:00\"}\n");
    }
    Files.writeString(board.resolve("trainer_log.jsonl"), log);
    Files.writeString(board.resolve("training_args.yaml"), "lora_rank: 8\nplot_loss: true\n");
    var done = Import.read(board, folder.resolve("runs"), null);
    RunFolder run = RunFolder.open(Path.of(done.run()));
    var services = new FakeServices().with(folder, Runnable::run, Platform::runLater);
    Screen.stage();
    var view = Screen.call(() -> new RunView(services, run));
    Stage stage = Picture.window(view.root(), 1000, 900, false);
    try {
      assertThat(Picture.take(stage, "run-imported-light")).isGreaterThan(100);
      assertThat(view.model().headerProperty().get().resume()).isEmpty();
      assertThat(view.model().record().gradNorm.size()).isZero();
      assertThat(view.model().record().loss.size()).isEqualTo(80);
    } finally {
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }

  private static List<Event.RankChanged.Layer> layers() {
    return java.util.stream.IntStream.range(0, 24)
        .mapToObj(i -> new Event.RankChanged.Layer("model.layers." + i, 8, 3, 0.1))
        .toList();
  }

  private void picture(SyntheticRun made, String name, int width, int height, boolean dark) {
    var services = new FakeServices().with(folder, Runnable::run, Platform::runLater);
    Screen.stage();
    var view = Screen.call(() -> new RunView(services, made.run()));
    Stage stage = Picture.window(view.root(), width, height, dark);
    try {
      var tabs = (TabPane) view.root().lookup(".run-tabs");
      Screen.run(() -> tabs.getSelectionModel().selectLast());
      assertThat(Picture.take(stage, name)).isGreaterThan(100);
    } finally {
      Screen.run(view::close);
      Screen.run(stage::hide);
    }
  }
}
