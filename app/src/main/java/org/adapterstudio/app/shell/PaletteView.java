package org.adapterstudio.app.shell;

import atlantafx.base.controls.CustomTextField;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.kordamp.ikonli.javafx.FontIcon;

/** The palette's card in the overlay layer, driven by the keyboard. */
final class PaletteView implements AutoCloseable {
  private static final double ROW = 36;

  private final PaletteViewModel model;
  private final StackPane overlay;
  private final CustomTextField field = new CustomTextField();
  private final ListView<PaletteViewModel.Entry> list = new ListView<>();
  private final Subscriptions subscriptions = new Subscriptions();
  private final VBox card;

  PaletteView(PaletteViewModel model, StackPane overlay) {
    this.model = model;
    this.overlay = overlay;
    card = new VBox(field, list);
    card.getStyleClass().add("palette");
    card.setMaxHeight(Region.USE_PREF_SIZE);
    card.setAccessibleText(Messages.text("top.search"));
    field.setId("paletteField");
    field.setAccessibleText(Messages.text("palette.prompt"));
    list.setAccessibleText(Messages.text("top.search"));
    field.setLeft(new FontIcon("fth-search"));
    field.setPromptText(Messages.text("palette.prompt"));
    field.textProperty().bindBidirectional(model.query());
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    list.setItems(model.found());
    list.setFixedCellSize(ROW);
    list.setFocusTraversable(false);
    list.setCellFactory(_ -> new EntryCell());
    list.setPlaceholder(nothing());
    overlay.setOnMousePressed(this::outside);
    subscriptions.now(model.found(), this::fit);
    subscriptions.on(model.selected(), this::select);
    subscriptions.on(model.open(), this::show);
  }

  @Override
  public void close() {
    subscriptions.close();
    field.textProperty().unbindBidirectional(model.query());
  }

  private void show(boolean open) {
    overlay.setVisible(open);
    if (open) {
      overlay.getChildren().setAll(card);
      select(model.selected().get());
      field.requestFocus();
    } else {
      overlay.getChildren().remove(card);
    }
  }

  private void outside(javafx.scene.input.MouseEvent event) {
    if (event.getTarget() == overlay) {
      model.open().set(false);
    }
  }

  private void key(KeyEvent event) {
    switch (event.getCode()) {
      case DOWN -> model.move(1);
      case UP -> model.move(-1);
      case ENTER -> model.run();
      case ESCAPE -> model.open().set(false);
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void fit() {
    double rows = Math.clamp(model.found().size(), 2, 9);
    list.setPrefHeight(rows * ROW + 2);
    select(model.selected().get());
  }

  private void select(Number index) {
    list.getSelectionModel().clearAndSelect(index.intValue());
    list.scrollTo(Math.max(0, index.intValue() - 4));
  }

  private Label nothing() {
    var label = new Label();
    label.getStyleClass().add("muted");
    label.textProperty().bind(model.query().map(query -> Messages.text("palette.nothing", query)));
    return label;
  }

  /** Icon, title, detail, kind. */
  private final class EntryCell extends ListCell<PaletteViewModel.Entry> {
    private final FontIcon icon = new FontIcon("fth-circle");
    private final Label title = new Label();
    private final Label detail = new Label();
    private final Label kind = new Label();
    private final HBox row;

    EntryCell() {
      var gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      detail.getStyleClass().add("muted");
      kind.getStyleClass().add("palette-kind");
      kind.setMinWidth(Region.USE_PREF_SIZE);
      title.setMinWidth(Region.USE_PREF_SIZE);
      row = new HBox(8, icon, title, gap, detail, kind);
      row.setAlignment(Pos.CENTER_LEFT);
      row.setPrefWidth(0);
      setOnMouseClicked(
          event -> {
            if (event.getButton() == MouseButton.PRIMARY && !isEmpty()) {
              model.selected().set(getIndex());
              model.run();
            }
          });
    }

    @Override
    protected void updateItem(PaletteViewModel.Entry entry, boolean empty) {
      super.updateItem(entry, empty);
      if (empty || entry == null) {
        setGraphic(null);
        return;
      }
      icon.setIconLiteral(entry.icon());
      title.setText(entry.title());
      detail.setText(entry.detail());
      kind.setText(Messages.text(entry.kind()));
      setGraphic(row);
    }
  }
}
