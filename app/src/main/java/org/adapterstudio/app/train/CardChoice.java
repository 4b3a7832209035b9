package org.adapterstudio.app.train;

import java.util.function.UnaryOperator;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.VBox;

/** A choice among cards: titles on the closed box, title and sentence of each in the open list. */
final class CardChoice {
  private final UnaryOperator<String> titles;
  private final UnaryOperator<String> sentences;

  private CardChoice(UnaryOperator<String> titles, UnaryOperator<String> sentences) {
    this.titles = titles;
    this.sentences = sentences;
  }

  /**
   * The box of a field whose values are keys of cards.
   *
   * @param titles key to title
   * @param sentences key to sentence
   */
  static ComboBox<String> of(
      FormField field, UnaryOperator<String> titles, UnaryOperator<String> sentences) {
    var cards = new CardChoice(titles, sentences);
    ComboBox<String> box = FieldBox.choice(field);
    box.setCellFactory(_ -> cards.new CardCell());
    box.setButtonCell(cards.new TitleCell());
    return box;
  }

  /** The title alone, on the closed box. */
  private final class TitleCell extends ListCell<String> {
    @Override
    protected void updateItem(String key, boolean empty) {
      super.updateItem(key, empty);
      setText(empty || key == null ? "" : titles.apply(key));
    }
  }

  /** Title and sentence, in the open list. */
  private final class CardCell extends ListCell<String> {
    private static final double WIDTH = 400;
    private final Label title = new Label();
    private final Label sentence = new Label();
    private final VBox lines = new VBox(title, sentence);

    CardCell() {
      sentence.getStyleClass().add("field-help");
      sentence.setWrapText(true);
      sentence.setMaxWidth(WIDTH);
      sentence.setMinHeight(USE_PREF_SIZE);
    }

    @Override
    protected void updateItem(String key, boolean empty) {
      super.updateItem(key, empty);
      setGraphic(empty || key == null ? null : lines);
      if (!empty && key != null) {
        title.setText(titles.apply(key));
        sentence.setText(sentences.apply(key));
      }
    }
  }
}
