package org.adapterstudio.app.preferences;

import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Keys;
import org.adapterstudio.app.ui.Messages;
import org.kordamp.ikonli.javafx.FontIcon;

/** One action with its keys; pressed, it waits for other keys. */
final class ShortcutRow extends VBox {
  private static final double KEYS = 168;

  private final ShortcutsViewModel model;
  private final Action action;
  private final Button keys = new Button();
  private final Button reset = new Button(null, new FontIcon("fth-rotate-ccw"));
  private final Label problem = new Label();
  private final Button takeOver = new Button(Messages.text("keys.takeOver"));
  private final HBox trouble = new HBox(8, problem, takeOver);

  ShortcutRow(ShortcutsViewModel model, Action action) {
    this.model = model;
    this.action = action;
    getStyleClass().add("shortcut-row");
    var words = new Label(model.words(action), new FontIcon(action.icon()));
    words.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(words, Priority.ALWAYS);
    keys.getStyleClass().add("shortcut-keys");
    keys.setMinWidth(KEYS);
    keys.setOnAction(_ -> model.begin(action));
    keys.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
    keys.focusedProperty().subscribe(this::left);
    reset.getStyleClass().add("quiet");
    reset.setOnAction(_ -> model.reset(action));
    problem.setWrapText(true);
    problem.getStyleClass().add("field-error");
    HBox.setHgrow(problem, Priority.ALWAYS);
    takeOver.setMinWidth(Region.USE_PREF_SIZE);
    takeOver.setOnAction(_ -> model.takeOver());
    trouble.setAlignment(Pos.CENTER_LEFT);
    var line = new HBox(8, words, keys, reset);
    line.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(line, trouble);
    refresh();
  }

  /** Shows what holds now. */
  void refresh() {
    boolean waits = model.waiting().get() == action;
    keys.setText(waits ? Messages.text("keys.press") : model.keys(action));
    keys.setAccessibleText(Messages.text("keys.of", model.words(action), model.keys(action)));
    String back =
        Messages.text(
            "keys.reset",
            model.words(action),
            action.standard().map(Keys::text).orElseGet(() -> Messages.text("keys.none")));
    reset.setTooltip(new Tooltip(back));
    reset.setAccessibleText(back);
    reset.setVisible(model.changed(action));
    problem.setText(model.problem().get());
    shown(trouble, waits && !problem.getText().isEmpty());
    takeOver.setVisible(model.disputed().get() != null);
    shown(this, model.found(action));
  }

  private void press(KeyEvent event) {
    if (model.waiting().get() != action || event.getCode() == KeyCode.TAB) {
      return;
    }
    event.consume();
    switch (event.getCode()) {
      case ESCAPE -> model.end();
      case BACK_SPACE, DELETE -> model.clear();
      default -> Keys.of(event).ifPresent(model::press);
    }
  }

  private void left(boolean focused) {
    if (!focused && model.waiting().get() == action) { // the button beside it may take the focus
      Platform.runLater(this::endUnlessHere);
    }
  }

  private void endUnlessHere() {
    if (model.waiting().get() == action && !keys.isFocused() && !takeOver.isFocused()) {
      model.end();
    }
  }

  private static void shown(Region node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
