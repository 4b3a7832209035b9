package org.adapterstudio.app.run;

import java.util.Locale;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.plot.Abscissa;
import org.adapterstudio.app.plot.Viewport;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.adapterstudio.app.ui.ViewFactory;

/** The line above the charts: what lies on their axis, what of it is in view. */
final class ChartBar {
  private final Viewport viewport;
  private final StepTimes times;
  @FXML private HBox root;
  @FXML private ComboBox<Abscissa.Kind> axis;
  @FXML private CheckBox follow;
  @FXML private Button all;

  ChartBar(Viewport viewport, StepTimes times, ChartMemory memory, Subscriptions subscriptions) {
    this.viewport = viewport;
    this.times = times;
    ViewFactory.load("run-chart-bar.fxml", this);
    axis.getItems().setAll(Abscissa.Kind.values());
    axis.setCellFactory(_ -> new KindCell());
    axis.setButtonCell(new KindCell());
    axis.setValue(kind(memory.get().axis()));
    viewport.overProperty().set(over(axis.getValue()));
    subscriptions.on(
        axis.valueProperty(),
        kind -> {
          viewport.overProperty().set(over(kind));
          memory.change(old -> old.withAxis(kind.name().toLowerCase(Locale.ROOT)));
        });
    subscriptions.now(viewport.followingProperty(), follow::setSelected);
    subscriptions.now(viewport.zoomProperty(), zoom -> all.setDisable(zoom == null));
  }

  /** Says what the line does for which action. */
  void offer(Actions actions) {
    actions
        .on(Action.FOLLOW, () -> viewport.follow(!viewport.followingProperty().get()))
        .hint(Action.FOLLOW, follow)
        .on(Action.FIT, all);
  }

  Parent root() {
    return root;
  }

  @FXML
  private void follow() {
    viewport.follow(follow.isSelected());
  }

  @FXML
  private void showAll() {
    viewport.lookAtAll();
  }

  private Abscissa over(Abscissa.Kind kind) {
    return times.axis(kind);
  }

  private static Abscissa.Kind kind(String name) {
    for (Abscissa.Kind kind : Abscissa.Kind.values()) {
      if (kind.name().equalsIgnoreCase(name)) {
        return kind;
      }
    }
    return Abscissa.Kind.STEP;
  }

  /** A kind of axis in words. */
  private static final class KindCell extends ListCell<Abscissa.Kind> {
    @Override
    protected void updateItem(Abscissa.Kind kind, boolean empty) {
      super.updateItem(kind, empty);
      boolean none = empty || kind == null;
      setText(none ? "" : Messages.text("run.axis." + kind.name().toLowerCase(Locale.ROOT)));
    }
  }
}
