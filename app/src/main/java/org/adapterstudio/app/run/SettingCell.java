package org.adapterstudio.app.run;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.adapterstudio.app.ui.Messages;

/** A field of the frozen recipe; a dot and the default stand beside what differs. */
final class SettingCell extends ListCell<Setting> {
  /** Under the path, past the dot. */
  private static final Insets INDENT = new Insets(0, 0, 0, 14);

  private final Label path = new Label();
  private final Label value = new Label();
  private final Label initial = new Label();
  private final Circle dot = new Circle(3);
  private final VBox box = new VBox(2);

  SettingCell() {
    path.getStyleClass().add("muted");
    initial.getStyleClass().add("muted");
    value.setWrapText(true);
    dot.getStyleClass().add("setting-dot");
    var line = new HBox(8, dot, path);
    line.setAlignment(Pos.CENTER_LEFT);
    value.setPadding(INDENT);
    initial.setPadding(INDENT);
    box.getChildren().addAll(line, value);
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(Setting setting, boolean empty) {
    super.updateItem(setting, empty);
    setGraphic(empty ? null : box);
    if (empty) {
      return;
    }
    path.setText(setting.path());
    value.setText(setting.value().isEmpty() ? "\u2014" : setting.value());
    value.getStyleClass().remove("strong");
    dot.setVisible(setting.differs());
    if (setting.differs()) {
      value.getStyleClass().add("strong");
    }
    box.getChildren().remove(initial);
    if (setting.differs() && !setting.initial().isEmpty()) {
      initial.setText(Messages.text("run.settings.default", setting.initial()));
      box.getChildren().add(initial);
    }
  }
}
