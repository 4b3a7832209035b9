package org.adapterstudio.app.runs;

import atlantafx.base.controls.CustomTextField;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.ui.FittedColumns;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;

/** The table of runs. */
public final class RunsView implements View {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM HH:mm");

  private final RunsViewModel model;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Timeline clock;
  private final FittedColumns fitted;
  private final Actions actions = new Actions();
  @FXML private BorderPane root;
  @FXML private CustomTextField search;
  @FXML private TableView<RunRow> table;
  @FXML private VBox empty;
  @FXML private Label hint;
  @FXML private TableColumn<RunRow, RunRow> name;
  @FXML private TableColumn<RunRow, RunRow> state;
  @FXML private TableColumn<RunRow, RunRow> curve;
  @FXML private TableColumn<RunRow, Integer> step;
  @FXML private TableColumn<RunRow, Double> last;
  @FXML private TableColumn<RunRow, Double> best;
  @FXML private TableColumn<RunRow, Double> score;
  @FXML private TableColumn<RunRow, String> method;
  @FXML private TableColumn<RunRow, Integer> rank;
  @FXML private TableColumn<RunRow, Double> rate;
  @FXML private TableColumn<RunRow, Long> started;
  @FXML private TableColumn<RunRow, Double> duration;

  /** A table that reads the run folders every two seconds while it is shown. */
  public RunsView(Services services) {
    model = new RunsViewModel(services);
    ViewFactory.load("runs.fxml", this);
    columns();
    fitted = new FittedColumns(table, name, List.of(rate, last, rank, started));
    var sorted = new SortedList<>(model.found());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table.setPlaceholder(new Label(Messages.text("runs.nothing")));
    table.setRowFactory(_ -> row());
    table.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    search.textProperty().bindBidirectional(model.searchProperty());
    actions.on(Action.SEARCH, search::requestFocus, search::isVisible);
    hint.setText(Messages.text("runs.empty.hint", model.folder()));
    subscriptions.now(model.rows(), this::showEmpty);
    subscriptions.on(model.lookedProperty(), _ -> showEmpty());
    clock = new Timeline(new KeyFrame(Duration.seconds(2), _ -> refreshIfShown()));
    clock.setCycleCount(Animation.INDEFINITE);
    clock.play();
    root.sceneProperty().addListener((_, _, scene) -> refreshIfShown());
    model.refresh();
  }

  @Override
  public Parent root() {
    return root;
  }

  @Override
  public Actions actions() {
    return actions;
  }

  @Override
  public void close() {
    clock.stop();
    subscriptions.close();
  }

  private void refreshIfShown() {
    if (root.getScene() != null) {
      model.refresh();
    }
  }

  private void showEmpty() {
    boolean none = model.lookedProperty().get() && model.rows().isEmpty();
    empty.setVisible(none);
    table.setVisible(!none);
    fitted.show(score, model.rows().stream().anyMatch(row -> !row.scores().isEmpty()));
    search.setVisible(!none);
  }

  private void columns() {
    whole(name, row -> row);
    name.setCellFactory(_ -> new RunCells.Name());
    name.setComparator((a, b) -> a.name().compareToIgnoreCase(b.name()));
    whole(state, row -> row);
    state.setCellFactory(_ -> new RunCells.State());
    state.setComparator((a, b) -> a.state().compareTo(b.state()));
    whole(curve, row -> row);
    curve.setCellFactory(_ -> new RunCells.Curve());
    whole(method, RunRow::method);
    text(step, RunRow::step, RunsView::stepText);
    text(last, RunRow::lastLoss, row -> number(row.lastLoss(), Unit.LOSS));
    text(best, RunRow::bestLoss, row -> number(row.bestLoss(), Unit.LOSS));
    text(score, RunRow::score, RunRow::scoreWords);
    text(rank, RunRow::rank, row -> row.rank() == 0 ? "" : Integer.toString(row.rank()));
    text(rate, RunRow::learningRate, row -> number(row.learningRate(), Unit.RATE));
    text(started, RunRow::started, row -> row.started() == 0 ? "" : day(row.started()));
    text(duration, RunRow::seconds, row -> row.started() == 0 ? "" : Formats.time(row.seconds()));
  }

  private static String stepText(RunRow row) {
    return row.total() == 0
        ? Formats.whole(row.step())
        : Formats.whole(row.step()) + " / " + Formats.whole(row.total());
  }

  private static String number(double value, Unit unit) {
    return Double.isNaN(value) ? "" : unit.text(value);
  }

  private static String day(long millis) {
    return DAY.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
  }

  private static <T> void whole(TableColumn<RunRow, T> column, Function<RunRow, T> value) {
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
  }

  private static <T> void text(
      TableColumn<RunRow, T> column, Function<RunRow, T> value, Function<RunRow, String> words) {
    whole(column, value);
    column.setCellFactory(_ -> new RunCells.Words<>(words));
    column.getStyleClass().add("number-header");
  }

  private TableRow<RunRow> row() {
    var row = new TableRow<RunRow>();
    row.setOnMouseClicked(
        event -> {
          if (event.getButton() == MouseButton.PRIMARY
              && event.getClickCount() == 2
              && !row.isEmpty()) {
            model.open(row.getItem());
          }
        });
    return row;
  }

  private void key(KeyEvent event) {
    RunRow chosen = table.getSelectionModel().getSelectedItem();
    if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown() && chosen != null) {
      model.open(chosen);
      event.consume();
    }
  }

  @FXML
  private void train() {
    model.train();
  }
}
