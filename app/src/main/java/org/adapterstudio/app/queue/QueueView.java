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
    ViewFactory.load("queue.fxml", this);
    list.setItems(model.rows());
    list.setCellFactory(_ -> new QueueCell(model));
    list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    summary.textProperty().bind(model.summaryProperty());
    morning.setContent(page);
    report.selectedProperty().bindBidirectional(model.reportingProperty());
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

  private void show() {
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

  private void key(KeyEvent event) {
    QueueRow row = list.getSelectionModel().getSelectedItem();
    if (row == null || !act(event, row)) {
      return;
    }
    event.consume();
  }

  private boolean act(KeyEvent event, QueueRow row) {
    KeyCode code = event.getCode();
    if (event.isAltDown() && (code == KeyCode.UP || code == KeyCode.DOWN)) {
      model.step(row, code == KeyCode.UP);
    } else if (code == KeyCode.DELETE && row.canRemove()) {
      model.remove(row);
    } else if (code == KeyCode.ENTER) {
      model.open(row);
    } else if (code == KeyCode.H && (row.canHold() || row.held())) {
      model.hold(row, !row.held());
    } else if (code == KeyCode.R && row.canRetry()) {
      model.retry(row);
    } else {
      return false;
    }
    return true;
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
