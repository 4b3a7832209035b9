package org.adapterstudio.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.run.SyntheticRun;
import org.adapterstudio.app.testing.FakeServices;
import org.adapterstudio.app.testing.Picture;
import org.adapterstudio.app.testing.Screen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsViewTest {
  @TempDir Path folder;
  private final FakeServices fakes = new FakeServices();
  private RunsView view;
  private Stage stage;
  private TableView<RunLine> table;

  @BeforeEach
  void project() throws Exception {
    Files.writeString(folder.resolve("project.json"), "{}");
  }

  @AfterEach
  void close() {
    Screen.run(
        () -> {
          view.close();
          stage.hide();
        });
  }

  @Test
  void buildsOnlyTheRowsThatCanBeSeenOfAThousand() {
    ManyRuns.like(run("first").step(1, 3).step(2, 2).write(), 999);
    show();
    assertThat(table.getItems()).hasSize(1000);
    int seen = (int) Math.ceil(table.getHeight() / table.getFixedCellSize());
    assertThat(rows()).isLessThanOrEqualTo(seen + 5);
    for (int row : new int[] {400, 410, 999, 0}) {
      Screen.run(() -> table.scrollTo(row));
      layout();
      assertThat(rows()).as("after scrolling to %d", row).isLessThanOrEqualTo(seen + 5);
    }
  }

  @Test
  void whatIsChosenStaysChosenWhileRunsGoOnAndTheTableIsSorted() {
    var alpha = run("alpha").step(1, 3).write();
    run("beta").step(1, 2).write();
    run("gamma").step(1, 1).write();
    show();
    Screen.run(
        () -> {
          table.getColumns().get(4).setSortType(TableColumn.SortType.DESCENDING);
          table.getSortOrder().add(table.getColumns().get(4)); // steps
          choose("alpha", "gamma");
        });
    layout();
    assertThat(chosen()).containsExactlyInAnyOrder("alpha", "gamma");
    alpha.step(2, 0.5).write();
    Screen.run(view.model()::refresh);
    layout();
    assertThat(table.getItems().getFirst().run().name()).as("sorted again").isEqualTo("alpha");
    assertThat(chosen()).containsExactlyInAnyOrder("alpha", "gamma");
    assertThat(button("#compare").getText()).isEqualTo("Compare 2 runs");
    Screen.run(() -> button("#compare").fire());
    assertThat(fakes.places).hasSize(1).first().asString().startsWith("compare ");
  }

  @Test
  void everythingCanBeDoneByKeys() {
    run("alpha").step(1, 3).write();
    show();
    Screen.run(() -> choose("alpha"));
    Screen.run(() -> act(Action.TAG_RUN));
    TextField field = (TextField) view.root().lookup(".runs-strip .text-field");
    Screen.run(
        () -> {
          field.setText("night good");
          field.fireEvent(new javafx.event.ActionEvent());
        });
    assertThat(line("alpha").row().about().tags()).containsExactly("good", "night");
    Screen.run(() -> act(Action.ARCHIVE_RUN));
    assertThat(table.getItems()).isEmpty();
    Screen.run(() -> press(KeyCode.Z, true));
    assertThat(table.getItems()).hasSize(1);
    Screen.run(() -> choose("alpha"));
    Screen.run(() -> press(KeyCode.DELETE, false));
    assertThat(folder.resolve("runs/alpha")).doesNotExist();
    Screen.run(() -> act(Action.UNDO));
    assertThat(folder.resolve("runs/alpha")).exists();
    Screen.run(() -> choose("alpha"));
    Screen.run(() -> press(KeyCode.ENTER, false));
    assertThat(fakes.places).containsExactly("run alpha");
  }

  private void act(Action action) {
    view.actions().find(action).orElseThrow().run();
  }

  private void press(KeyCode code, boolean control) {
    Event.fireEvent(
        table, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false));
  }

  private void choose(String... names) {
    table.getSelectionModel().clearSelection();
    for (String name : names) {
      table.getSelectionModel().select(line(name));
    }
  }

  private List<String> chosen() {
    return Screen.call(
        () ->
            table.getSelectionModel().getSelectedItems().stream()
                .map(line -> line.run().name())
                .toList());
  }

  private RunLine line(String name) {
    return view.model().lines().stream()
        .filter(line -> line.run().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Button button(String id) {
    return (Button) view.root().lookup(id);
  }

  private long rows() {
    return Screen.call(
        () -> view.root().lookupAll(".table-row-cell").stream().filter(RunsViewTest::row).count());
  }

  private static boolean row(Node node) {
    return node instanceof TableRow<?>;
  }

  private void layout() {
    Screen.run(
        () -> {
          view.root().applyCss();
          view.root().layout();
        });
  }

  @SuppressWarnings("unchecked")
  private void show() {
    Screen.stage();
    var services = fakes.with(folder, Runnable::run, Runnable::run);
    view = Screen.call(() -> new RunsView(services));
    stage = Picture.window(view.root(), 960, 600, false);
    table = (TableView<RunLine>) view.root().lookup("#table");
    layout();
  }

  private SyntheticRun run(String name) {
    return new SyntheticRun(folder.resolve("runs").resolve(name), SyntheticRun.recipe())
        .begin(1000);
  }
}
