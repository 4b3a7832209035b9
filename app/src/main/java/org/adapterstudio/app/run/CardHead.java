package org.adapterstudio.app.run;

import javafx.css.PseudoClass;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DragEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;
import org.kordamp.ikonli.javafx.FontIcon;

/** The line on top of a card: it is dragged by it, and its menu pins and moves it. */
final class CardHead {
  private static final PseudoClass TARGET = PseudoClass.getPseudoClass("drop-target");
  private final VBox card;
  private final ChartGrid grid;
  private final Label pinned = new Label();

  CardHead(VBox card, ChartGrid grid) {
    this.card = card;
    this.grid = grid;
    var head = (HBox) card.getChildren().getFirst();
    title(head);
    boolean spaced = head.getChildren().stream().anyMatch(node -> node.getClass() == Region.class);
    if (!spaced) {
      var gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      head.getChildren().add(gap);
    }
    pinned.setGraphic(new FontIcon("fth-bookmark"));
    pinned.setAccessibleText(Messages.text("run.card.pinned"));
    pinned.getStyleClass().add("card-pinned");
    head.getChildren().addAll(pinned, menu());
    head.addEventHandler(MouseEvent.DRAG_DETECTED, event -> drag(head, event));
    card.addEventHandler(DragEvent.DRAG_OVER, this::over);
    card.addEventHandler(DragEvent.DRAG_EXITED, _ -> card.pseudoClassStateChanged(TARGET, false));
    card.addEventHandler(DragEvent.DRAG_DROPPED, this::drop);
  }

  /** The card below. */
  VBox card() {
    return card;
  }

  /** Shows whether the card is pinned. */
  void mark(boolean isPinned) {
    pinned.setVisible(isPinned);
    pinned.setManaged(isPinned);
  }

  private void title(HBox head) {
    if (head.getChildren().getFirst() instanceof Label title) {
      card.accessibleTextProperty().bind(title.textProperty());
    }
  }

  private MenuButton menu() {
    var menu = new MenuButton();
    menu.setGraphic(new FontIcon("fth-more-vertical"));
    menu.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    menu.getStyleClass().addAll("flat", "no-arrow", "card-menu");
    menu.setAccessibleText(Messages.text("run.card.menu"));
    menu.setTooltip(new Tooltip(Messages.text("run.card.menu")));
    var pin = new CheckMenuItem(Messages.text("run.card.pin"));
    pin.setOnAction(_ -> grid.pin(card.getId()));
    menu.setOnShowing(_ -> pin.setSelected(grid.pinned(card.getId())));
    menu.getItems().addAll(pin, item("run.card.earlier", -1), item("run.card.later", 1));
    return menu;
  }

  private MenuItem item(String key, int by) {
    var item = new MenuItem(Messages.text(key));
    item.setOnAction(_ -> grid.move(card.getId(), by));
    return item;
  }

  private void drag(HBox head, MouseEvent event) {
    if (event.getTarget() == head || event.getTarget() instanceof javafx.scene.text.Text) {
      var content = new ClipboardContent();
      content.putString(card.getId());
      head.startDragAndDrop(TransferMode.MOVE).setContent(content);
      event.consume();
    }
  }

  private void over(DragEvent event) {
    if (event.getDragboard().hasString() && grid.knows(event.getDragboard().getString())) {
      event.acceptTransferModes(TransferMode.MOVE);
      card.pseudoClassStateChanged(TARGET, true);
      event.consume();
    }
  }

  private void drop(DragEvent event) {
    grid.put(event.getDragboard().getString(), card.getId());
    event.setDropCompleted(true);
    event.consume();
  }
}
