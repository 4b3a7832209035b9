package org.adapterstudio.app.train;

import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.ViewFactory;
import org.adapterstudio.contract.method.MethodCard;

/** Where a method is chosen: all of them by family and search, one or two in detail. */
final class MethodBrowser {
  private final MethodBrowserViewModel model;
  private final Runnable onDone;
  @FXML private BorderPane root;
  @FXML private TextField search;
  @FXML private ComboBox<String> family;
  @FXML private Label count;
  @FXML private ListView<MethodCard> list;
  @FXML private HBox details;
  @FXML private Button compare;
  @FXML private Button use;

  MethodBrowser(MethodBrowserViewModel model, Runnable onDone) {
    this.model = model;
    this.onDone = onDone;
    ViewFactory.load("method-browser.fxml", this);
    search.textProperty().bindBidirectional(model.searchProperty());
    families();
    list();
    facts(model.pinned());
    facts(model.selected());
    model.pinned().cardProperty().addListener((_, _, card) -> compared(card != null));
    compared(false);
    root.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
  }

  private void families() {
    family.getItems().add("");
    family.getItems().addAll(MethodBrowserViewModel.families());
    family.valueProperty().bindBidirectional(model.familyProperty());
    family.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(String key) {
            return key == null || key.isEmpty()
                ? Messages.text("train.browse.all")
                : familyTitle(key);
          }

          @Override
          public String fromString(String text) {
            throw new UnsupportedOperationException("families are chosen, not written");
          }
        });
  }

  static String familyTitle(String key) {
    return Messages.text("method.family." + key);
  }

  private void list() {
    list.setItems(model.shown());
    list.setCellFactory(_ -> new MethodCell());
    list.getSelectionModel().select(model.selected().cardProperty().get());
    list.getSelectionModel().selectedItemProperty().addListener((_, _, card) -> select(card));
    list.setOnMouseClicked(this::clicked);
    model.shown().addListener((ListChangeListener<MethodCard>) _ -> counted());
    counted();
  }

  private void select(MethodCard card) {
    if (card != null) {
      model.selected().show(card);
    }
  }

  private void counted() {
    count.setText(
        model.shown().isEmpty()
            ? Messages.text("train.browse.nothing")
            : Messages.text("train.browse.found", model.shown().size()));
  }

  private void facts(MethodBrowserViewModel.Candidate candidate) {
    var scroll = new ScrollPane(new MethodFacts(candidate));
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("plain");
    scroll.visibleProperty().bind(candidate.cardProperty().isNotNull());
    scroll.managedProperty().bind(scroll.visibleProperty());
    scroll.setPrefWidth(1);
    HBox.setHgrow(scroll, Priority.ALWAYS);
    details.getChildren().add(scroll);
  }

  private void compared(boolean two) {
    compare.setText(Messages.text(two ? "train.browse.compare.end" : "train.browse.compare"));
  }

  private void clicked(MouseEvent event) {
    if (event.getClickCount() == 2) {
      use();
    }
  }

  private void key(KeyEvent event) {
    boolean choosing = event.getTarget() == list || event.getTarget() == search;
    if (event.getCode() == KeyCode.ESCAPE) {
      back();
    } else if (event.getCode() == KeyCode.ENTER && choosing) {
      use();
    } else if (event.getCode() == KeyCode.DOWN && event.getTarget() == search) {
      list.requestFocus();
      list.getSelectionModel().selectFirst();
    } else {
      return;
    }
    event.consume();
  }

  Parent root() {
    return root;
  }

  MethodBrowserViewModel model() {
    return model;
  }

  /** Puts the keyboard where a person would start. */
  void focus() {
    search.requestFocus();
    list.scrollTo(list.getSelectionModel().getSelectedIndex());
  }

  @FXML
  private void compare() {
    model.compare();
  }

  @FXML
  private void use() {
    MethodCard card = model.selected().cardProperty().get();
    if (card != null) {
      model.use(card);
      back();
    }
  }

  @FXML
  private void back() {
    model.close();
    onDone.run();
  }

  /** Title, family and sentence. */
  private static final class MethodCell extends ListCell<MethodCard> {
    private final Label title = new Label();
    private final Label kind = new Label();
    private final Label sentence = new Label();
    private final VBox lines = new VBox(2, new HBox(8, title, kind), sentence);

    MethodCell() {
      kind.getStyleClass().add("muted");
      title.setMinWidth(USE_PREF_SIZE);
      sentence.getStyleClass().add("field-help");
      setPrefWidth(0); // long sentences end in dots instead of a scroll bar
    }

    @Override
    protected void updateItem(MethodCard card, boolean empty) {
      super.updateItem(card, empty);
      setGraphic(empty || card == null ? null : lines);
      if (!empty && card != null) {
        title.setText(card.title());
        kind.setText(familyTitle(card.family()));
        sentence.setText(card.sentence());
      }
    }
  }
}
