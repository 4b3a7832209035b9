package org.adapterstudio.app.train;

import java.util.List;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;

/** Fields in two columns; what the task does not read leaves no gap. */
final class FieldGrid extends GridPane {
  private final List<FieldBox> boxes;

  FieldGrid(List<FieldBox> boxes) {
    this.boxes = List.copyOf(boxes);
    getStyleClass().add("field-grid");
    for (int i = 0; i < 2; i++) {
      var column = new ColumnConstraints();
      column.setPercentWidth(50);
      getColumnConstraints().add(column);
    }
    boxes.forEach(box -> box.field().shownProperty().addListener((_, _, _) -> place()));
    place();
  }

  /** The usual box for each field. */
  static FieldGrid of(List<FormField> fields) {
    return new FieldGrid(fields.stream().map(FieldBox::new).toList());
  }

  private void place() {
    getChildren().clear();
    var shown = boxes.stream().filter(box -> box.field().shownProperty().get()).toList();
    for (int i = 0; i < shown.size(); i++) {
      add(shown.get(i), i % 2, i / 2);
    }
  }
}
