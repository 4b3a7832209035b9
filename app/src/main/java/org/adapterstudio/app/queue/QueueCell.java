package org.adapterstudio.app.queue;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DragEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.queue.EntryState;
import org.kordamp.ikonli.javafx.FontIcon;

/** One entry: grip, state, name with its sentence, progress, and what can be done with it. */
final class QueueCell extends ListCell<QueueRow> {
  private static final PseudoClass TARGET = PseudoClass.getPseudoClass("target");
  private static final double BADGE = 108;
  private static final double SLOT = 40;

  private final QueueViewModel model;
  private final FontIcon grip = new FontIcon("fth-menu");
  private final Label badge = new Label();
  private final FontIcon sign = new FontIcon();
  private final Label name = new Label();
  private final Label detail = new Label();
  private final Tooltip whole = new Tooltip();
  private final ProgressBar bar = new ProgressBar();
  private final Label steps = new Label();
  private final Label device = new Label();
  private final Button hold = button("fth-pause", "queue.hold");
  private final Button release = button("fth-play", "queue.release");
  private final Button retry = button("fth-rotate-ccw", "queue.retry");
  private final Button remove = button("fth-x", "queue.remove");
  private final HBox line;

  QueueCell(QueueViewModel model) {
    this.model = model;
    grip.getStyleClass().add("muted");
    badge.setGraphic(sign);
    badge.setMinWidth(Region.USE_PREF_SIZE);
    var place = new HBox(badge);
    place.setAlignment(Pos.CENTER_LEFT);
    place.setMinWidth(BADGE);
    name.getStyleClass().add("strong");
    detail.getStyleClass().addAll("muted", "queue-detail");
    detail.setTextOverrun(OverrunStyle.ELLIPSIS);
    whole.setWrapText(true);
    whole.setMaxWidth(480);
    var words = new VBox(2, name, detail);
    words.setAlignment(Pos.CENTER_LEFT);
    words.setMinWidth(80);
    HBox.setHgrow(words, Priority.ALWAYS);
    bar.setPrefWidth(88);
    bar.setMinWidth(88);
    steps.getStyleClass().addAll("muted", "queue-steps");
    device.getStyleClass().addAll("muted", "queue-device");
    var slot = new StackPane(hold, release, retry);
    slot.setMinWidth(SLOT);
    line = new HBox(12, grip, place, words, bar, steps, device, slot, remove);
    line.setAlignment(Pos.CENTER_LEFT);
    line.setPrefWidth(0);
    act();
    drag();
  }

  private void act() {
    hold.setOnAction(_ -> model.hold(getItem(), true));
    release.setOnAction(_ -> model.hold(getItem(), false));
    retry.setOnAction(_ -> model.retry(getItem()));
    remove.setOnAction(_ -> model.remove(getItem()));
    setOnMouseClicked(
        event -> {
          if (event.getClickCount() == 2 && getItem() != null) {
            model.open(getItem());
          }
        });
  }

  private void drag() {
    setOnDragDetected(this::lift);
    setOnDragOver(this::over);
    setOnDragExited(_ -> pseudoClassStateChanged(TARGET, false));
    setOnDragDropped(this::drop);
  }

  private void lift(MouseEvent event) {
    if (getItem() != null && getItem().open()) {
      var content = new ClipboardContent();
      content.putString(getItem().id());
      startDragAndDrop(TransferMode.MOVE).setContent(content);
      event.consume();
    }
  }

  private void over(DragEvent event) {
    if (event.getGestureSource() instanceof QueueCell && event.getGestureSource() != this) {
      event.acceptTransferModes(TransferMode.MOVE);
      pseudoClassStateChanged(TARGET, true);
      event.consume();
    }
  }

  private void drop(DragEvent event) {
    pseudoClassStateChanged(TARGET, false);
    if (event.getGestureSource() instanceof QueueCell lifted && lifted.getItem() != null) {
      model.move(lifted.getItem(), isEmpty() ? Integer.MAX_VALUE : getIndex());
      event.setDropCompleted(true);
      event.consume();
    }
  }

  @Override
  protected void updateItem(QueueRow row, boolean empty) {
    super.updateItem(row, empty);
    setText(null);
    setGraphic(empty || row == null ? null : line);
    if (!empty && row != null) {
      show(row);
    }
  }

  private void show(QueueRow row) {
    badge.setText(row.stateWords());
    badge.getStyleClass().setAll("label", "badge", tint(row.state()));
    sign.setIconLiteral(icon(row.state()));
    name.setText(row.name());
    detail.setText(row.detail());
    present(detail, !row.detail().isEmpty());
    whole.setText(row.detail());
    detail.setTooltip(row.detail().isEmpty() ? null : whole);
    bar.setProgress(Math.max(0, row.progress()));
    bar.setVisible(row.progress() >= 0);
    steps.setText(row.steps());
    device.setText(row.device());
    grip.setVisible(row.open());
    hold.setVisible(row.canHold());
    release.setVisible(row.held());
    retry.setVisible(row.canRetry());
    remove.setVisible(row.canRemove());
    setAccessibleText(
        Messages.text("queue.row.spoken", row.name(), row.stateWords(), row.detail()));
  }

  private static void present(Region node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  private static Button button(String icon, String key) {
    var button = new Button(null, new FontIcon(icon));
    button.getStyleClass().add("quiet");
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setFocusTraversable(false); // the same by keys on the row
    button.setTooltip(new Tooltip(Messages.text(key)));
    button.setAccessibleText(Messages.text(key));
    return button;
  }

  static String icon(EntryState state) {
    return switch (state) {
      case WAITING -> "fth-clock";
      case HELD -> "fth-pause";
      case BLOCKED -> "fth-slash";
      case STARTING -> "fth-loader";
      case RUNNING -> "fth-activity";
      case COMPARED -> "fth-bar-chart-2";
      case FINISHED -> "fth-check";
      case STOPPED -> "fth-square";
      case HALVED -> "fth-scissors";
      case FAILED -> "fth-alert-octagon";
    };
  }

  static String tint(EntryState state) {
    return switch (state) {
      case WAITING, HELD, COMPARED, STOPPED, HALVED -> "badge-plain";
      case STARTING, RUNNING -> "badge-accent";
      case FINISHED -> "badge-ok";
      case BLOCKED -> "badge-warn";
      case FAILED -> "badge-error";
    };
  }
}
