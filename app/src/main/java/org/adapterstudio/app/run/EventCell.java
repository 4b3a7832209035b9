package org.adapterstudio.app.run;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** A line of the events tab: time, then a sentence that wraps. */
final class EventCell extends ListCell<EventLine> {
  private final Label time = new Label();
  private final Label sentence = new Label();
  private final HBox row = new HBox(8, time, sentence);

  EventCell() {
    time.getStyleClass().add("event-time");
    time.setMinWidth(USE_PREF_SIZE);
    sentence.setWrapText(true);
    sentence.setMinHeight(USE_PREF_SIZE);
    HBox.setHgrow(sentence, Priority.ALWAYS);
    row.setAlignment(Pos.TOP_LEFT);
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(EventLine line, boolean empty) {
    super.updateItem(line, empty);
    setGraphic(empty ? null : row);
    if (!empty) {
      time.setText(line.time());
      sentence.setText(line.sentence());
      sentence.getStyleClass().removeIf(style -> style.startsWith("event-"));
      sentence.getStyleClass().add("event-" + line.tone().name().toLowerCase(Locale.ROOT));
    }
  }
}
