package org.adapterstudio.app.queue;

import java.time.InstantSource;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.View;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.queue.QuietHours;

/** The queue: the plan in its order, or the morning report. */
public final class QueueView implements View {
  private final QueueViewModel model;
  private final Subscriptions subscriptions = new Subscriptions();
  private final ReportPane page = new ReportPane();
  private final Timeline clock;
  private final Actions actions;
  private String selected = "";
  @FXML private BorderPane root;
  @FXML private Label summary;
  @FXML private HBox pages;
  @FXML private ToggleButton plan;
  @FXML private ToggleButton report;
  @FXML private Button clear;
  @FXML private ListView<QueueRow> list;
  @FXML private VBox empty;
  @FXML private ScrollPane morning;
  @FXML private TextField from;
  @FXML private TextField to;
  @FXML private CheckBox stop;
  @FXML private HBox undoBar;
  @FXML private Label undone;
  @FXML private Label keys;

  /** A list that reads the queue's folder every second while it is shown. */
  public QueueView(Services services) {
    this(new QueueViewModel(services, InstantSource.system()));
  }

  QueueView(QueueViewModel model) {
    this.model = model;
    actions = acts();
    ViewFactory.load("queue.fxml", this);
    list.setItems(model.rows());
    list.setCellFactory(_ -> new QueueCell(model));
    list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    summary.textProperty().bind(model.summaryProperty());
    morning.setContent(page);
    report.selectedProperty().bindBidirectional(model.reportingProperty());
    list.getSelectionModel().selectedItemProperty().subscribe(this::remember);
    subscriptions.now(model.rows(), this::show);
    subscriptions.on(model.lookedProperty(), _ -> show());
    subscriptions.now(model.reportingProperty(), _ -> show());
    subscriptions.now(model.reportProperty(), page::show);
    subscriptions.now(model.quietProperty(), this::showQuiet);
    subscriptions.now(model.removedProperty(), this::showUndo);
    for (TextField field : new TextField[] {from, to}) {
      field.setOnAction(_ -> setQuiet());
      field.focusedProperty().subscribe((before, _) -> leave(before));
    }
    stop.setOnAction(_ -> setQuiet());
    clock = new Timeline(new KeyFrame(Duration.seconds(1), _ -> refreshIfShown()));
    clock.setCycleCount(Animation.INDEFINITE);
    clock.play();
    root.sceneProperty().addListener((_, _, _) -> refreshIfShown());
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
    summary.textProperty().unbind();
    list.setItems(null);
  }

  private void refreshIfShown() {
    if (root.getScene() != null) {
      model.refresh();
    }
  }

  /** What is selected stays selected when the order changes. */
  private void remember(QueueRow row) {
    if (row != null) {
      selected = row.id();
    }
  }

  private void reselect() {
    model.rows().stream()
        .filter(row -> row.id().equals(selected))
        .findFirst()
        .ifPresent(list.getSelectionModel()::select);
  }

  private void show() {
    reselect();
    boolean none = model.lookedProperty().get() && model.rows().isEmpty();
    boolean reporting = model.reportingProperty().get() && !none;
    plan.setSelected(!reporting);
    empty.setVisible(none);
    list.setVisible(!none && !reporting);
    morning.setVisible(reporting);
    shown(clear, !none);
    shown(pages, !none);
    summary.setVisible(!none);
    keys.setVisible(!none && !reporting);
    clear.setDisable(model.rows().stream().noneMatch(row -> row.state().ended()));
  }

  private void showQuiet(QuietHours hours) {
    if (!from.isFocused() && !to.isFocused()) {
      from.setText(hours.set() ? hours.from() : "");
      to.setText(hours.set() ? hours.to() : "");
      stop.setSelected(hours.stopRunning());
    }
    stop.setDisable(!hours.set());
  }

  private void showUndo(QueueViewModel.Removed removed) {
    shown(undoBar, removed != null);
    if (removed != null) {
      undone.setText(Messages.text("queue.removed", removed.name()));
    }
  }

  /** Half typed hours wait for the other half. */
  private void leave(boolean wasFocused) {
    QuietHours now = model.quietProperty().get();
    boolean changed =
        !from.getText().strip().equals(now.set() ? now.from() : "")
            || !to.getText().strip().equals(now.set() ? now.to() : "");
    if (wasFocused && changed && from.getText().isBlank() == to.getText().isBlank()) {
      setQuiet();
    }
  }

  private void setQuiet() {
    model.quiet(from.getText(), to.getText(), stop.isSelected());
  }

  private Actions acts() {
    return new Actions()
        .on(Action.QUEUE_UP, () -> model.step(chosen(), true), this::open)
        .on(Action.QUEUE_DOWN, () -> model.step(chosen(), false), this::open)
        .on(
            Action.QUEUE_HOLD,
            () -> model.hold(chosen(), !chosen().held()),
            () -> chosen() != null && (chosen().canHold() || chosen().held()))
        .on(
            Action.QUEUE_RETRY,
            () -> model.retry(chosen()),
            () -> chosen() != null && chosen().canRetry())
        .on(
            Action.QUEUE_REMOVE,
            () -> model.remove(chosen()),
            () -> chosen() != null && chosen().canRemove())
        .on(Action.QUEUE_UNDO, model::undo, () -> model.removedProperty().get() != null)
        .on(
            Action.QUEUE_REPORT,
            () -> model.reportingProperty().set(!model.reportingProperty().get()),
            () -> !model.rows().isEmpty());
  }

  private boolean open() {
    return chosen() != null && chosen().open();
  }

  /** The entry that is selected in the plan; null where none is. */
  private QueueRow chosen() {
    return list.isVisible() ? list.getSelectionModel().getSelectedItem() : null;
  }

  private void key(KeyEvent event) {
    QueueRow row = chosen();
    if (row != null && event.getCode() == KeyCode.DELETE && row.canRemove()) {
      model.remove(row);
      event.consume();
    } else if (row != null && event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
      model.open(row);
      event.consume();
    }
  }

  private static void shown(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  @FXML
  private void showPlan() {
    model.reportingProperty().set(false);
    plan.setSelected(true);
  }

  @FXML
  private void clear() {
    model.clear();
  }

  @FXML
  private void undo() {
    model.undo();
  }

  @FXML
  private void train() {
    model.train();
  }
}
