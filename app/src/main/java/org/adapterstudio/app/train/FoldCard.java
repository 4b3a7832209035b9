package org.adapterstudio.app.train;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;
import org.kordamp.ikonli.javafx.FontIcon;

/** A card of the form that folds to one sentence. */
final class FoldCard extends VBox {
  private final HBox head = new HBox();
  private final VBox body = new VBox();
  private final Label sentence = new Label();
  private final FontIcon state = new FontIcon("fth-check");
  private final FontIcon arrow = new FontIcon("fth-chevron-down");
  private boolean open;

  FoldCard(int number, CardName name) {
    getStyleClass().addAll("card", "fold-card");
    head.getStyleClass().add("fold-head");
    body.getStyleClass().add("fold-body");
    String title = Messages.text("train.card." + name.name().toLowerCase(java.util.Locale.ROOT));
    sentence.getStyleClass().add("muted");
    sentence.setMinWidth(0);
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    head.getChildren()
        .addAll(
            styled(new Label(Integer.toString(number)), "fold-number"),
            styled(new Label(title), "card-title"),
            sentence,
            space,
            state,
            arrow);
    head.setFocusTraversable(true);
    head.setAccessibleRole(AccessibleRole.BUTTON);
    head.setAccessibleText(title + ". " + Messages.text("train.fold"));
    head.setOnMouseClicked(_ -> setOpen(!open));
    head.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    getChildren().add(head);
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.SPACE
        || event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
      setOpen(!open);
      event.consume();
    }
  }

  /** Adds to what the open card shows. */
  void add(Node... nodes) {
    body.getChildren().addAll(nodes);
  }

  /** Opens or folds. */
  void setOpen(boolean opened) {
    open = opened;
    getChildren().remove(body);
    if (open) {
      getChildren().add(body);
    }
    sentence.setVisible(!open);
    arrow.setIconLiteral(open ? "fth-chevron-up" : "fth-chevron-down");
  }

  /** Says what the card holds and whether it is complete. */
  void show(String words, boolean complete) {
    sentence.setText(words);
    state.setIconLiteral(complete ? "fth-check" : "fth-alert-circle");
    state.getStyleClass().removeAll("fold-ok", "fold-wrong");
    state.getStyleClass().add(complete ? "fold-ok" : "fold-wrong");
  }

  private static Label styled(Label label, String style) {
    label.getStyleClass().add(style);
    return label;
  }
}
