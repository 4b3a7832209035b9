package org.adapterstudio.app.runs;

import atlantafx.base.controls.CustomTextField;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.ui.FittedColumns;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;

/** The table of runs. */
public final class RunsView implements View {
  private final RunsViewModel model;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Timeline clock;
  private final FittedColumns fitted;
  private final RunsActions acting;
  @FXML private BorderPane root;
  @FXML private CustomTextField search;
  @FXML private Label count;
  @FXML private Label problem;
  @FXML private ToggleButton archived;
  @FXML private Button compare;
  @FXML private TableView<RunLine> table;
  @FXML private VBox empty;
  @FXML private VBox foot;
  @FXML private Label hint;
  @FXML private TableColumn<RunLine, RunRow> name;
  @FXML private TableColumn<RunLine, RunRow> state;
  @FXML private TableColumn<RunLine, RunRow> curve;
  @FXML private TableColumn<RunLine, RunRow> step;
  @FXML private TableColumn<RunLine, RunRow> last;
  @FXML private TableColumn<RunLine, RunRow> best;
  @FXML private TableColumn<RunLine, RunRow> score;
  @FXML private TableColumn<RunLine, RunRow> method;
  @FXML private TableColumn<RunLine, RunRow> rank;
  @FXML private TableColumn<RunLine, RunRow> rate;
  @FXML private TableColumn<RunLine, RunRow> started;
  @FXML private TableColumn<RunLine, RunRow> duration;
  @FXML private TableColumn<RunLine, RunRow> parent;
  @FXML private TableColumn<RunLine, RunRow> tags;

  /** A table that reads the run folders every two seconds while it is shown. */
  public RunsView(Services services) {
    model = new RunsViewModel(services);
    ViewFactory.load("runs.fxml", this);
    columns();
    fitted = new FittedColumns(table, name, List.of(last, started, duration, tags, parent, rate));
    fill();
    var strip = new AboutStrip(model.acts(), foot, table::requestFocus, subscriptions);
    acting = new RunsActions(model, table, search, compare, strip);
    subscriptions.now(table.getSelectionModel().getSelectedItems(), this::showChosen);
    search.textProperty().bindBidirectional(model.searchProperty());
    archived.selectedProperty().bindBidirectional(model.withArchivedProperty());
    subscriptions.now(model.problemProperty(), this::showProblem);
    hint.setText(Messages.text("runs.empty.hint", model.folder()));
    subscriptions.now(model.found(), this::showCount);
    subscriptions.now(model.revisionProperty(), _ -> showColumns());
    subscriptions.on(model.lookedProperty(), _ -> showCount());
    clock = new Timeline(new KeyFrame(Duration.seconds(2), _ -> refreshIfShown()));
    clock.setCycleCount(Animation.INDEFINITE);
    clock.play();
    root.sceneProperty().addListener((_, _, _) -> refreshIfShown());
    model.refresh();
  }

  @Override
  public Parent root() {
    return root;
  }

  /** What is shown. */
  public RunsViewModel model() {
    return model;
  }

  @Override
  public Actions actions() {
    return acting.actions();
  }

  @Override
  public void close() {
    clock.stop();
    subscriptions.close();
    model.close();
  }

  private void fill() {
    var sorted = new SortedList<>(model.found());
    // A new comparator, equal to the old one, sorts again where rows changed.
    sorted
        .comparatorProperty()
        .bind(
            Bindings.createObjectBinding(
                () -> Sorting.again(table.getComparator()),
                table.comparatorProperty(),
                model.revisionProperty()));
    table.setSortPolicy(_ -> true);
    table.setItems(sorted);
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.setPlaceholder(new Label(Messages.text("runs.nothing")));
    table.setRowFactory(_ -> new RunTableRow(model, () -> acting.menu()));
  }

  private void refreshIfShown() {
    if (root.getScene() != null) {
      model.refresh();
    }
  }

  private void showChosen() {
    int chosen = table.getSelectionModel().getSelectedItems().size();
    compare.setDisable(!RunsViewModel.comparable(chosen));
    compare.setText(
        RunsViewModel.comparable(chosen)
            ? Messages.text("runs.compare.some", chosen)
            : Messages.text("runs.compare"));
  }

  private void showProblem(String sentence) {
    problem.setText(sentence);
    problem.setVisible(!sentence.isEmpty());
    problem.setManaged(!sentence.isEmpty());
  }

  private void showCount() {
    boolean none = model.lookedProperty().get() && model.lines().isEmpty();
    empty.setVisible(none);
    table.setVisible(!none);
    search.setVisible(!none);
    archived.setVisible(!none);
    compare.setVisible(!none);
    int all = model.lines().size();
    int found = model.found().size();
    count.setText(
        none
            ? ""
            : found == all
                ? Messages.text("runs.count", all)
                : Messages.text("runs.count.found", found, all));
    showColumns();
  }

  private void showColumns() {
    fitted.show(score, model.lines().stream().anyMatch(line -> !line.row().scores().isEmpty()));
    fitted.show(tags, model.lines().stream().anyMatch(line -> tagged(line.row())));
    fitted.show(parent, model.lines().stream().anyMatch(line -> !line.row().parent().isEmpty()));
  }

  private static boolean tagged(RunRow row) {
    return !row.about().tags().isEmpty();
  }

  private void columns() {
    RunColumns.name(name);
    RunColumns.state(state);
    RunColumns.curve(curve);
    RunColumns.number(step, RunRow::step, RunColumns::steps);
    RunColumns.number(last, RunRow::lastLoss, row -> RunColumns.loss(row.lastLoss()));
    RunColumns.number(best, RunRow::bestLoss, row -> RunColumns.loss(row.bestLoss()));
    RunColumns.number(score, RunRow::score, RunRow::scoreWords);
    RunColumns.text(method, RunRow::method);
    RunColumns.number(rank, RunRow::rank, RunColumns::rank);
    RunColumns.number(rate, RunRow::learningRate, RunColumns::rate);
    RunColumns.number(started, RunRow::started, RunColumns::started);
    RunColumns.number(duration, RunRow::seconds, RunColumns::duration);
    RunColumns.text(parent, RunRow::parent);
    RunColumns.tags(tags);
  }

  @FXML
  private void train() {
    model.train();
  }

  @FXML
  private void compare() {
    model.compare(acting.chosen());
  }
}
