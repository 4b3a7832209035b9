package org.adapterstudio.app.train;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.TaskNeeds;

/**
 * Which column of the file holds what. One line while the names say it themselves; choices where
 * they do not, or where the person wants others.
 */
final class ColumnMapping extends VBox {
  private final TrainViewModel model;
  private boolean wanted;

  ColumnMapping(TrainViewModel model) {
    super(8);
    this.model = model;
  }

  void refresh() {
    getChildren().clear();
    List<String> columns = model.columnsProperty().get();
    List<TaskNeeds.Field> fields = model.rowFields();
    boolean open = model.formatOpen();
    setVisible(!columns.isEmpty() && (open || !fields.isEmpty()));
    setManaged(isVisible());
    if (!isVisible()) {
      return;
    }
    Map<String, String> mapping = model.form().columns();
    boolean lacking =
        fields.stream().anyMatch(f -> !f.optional() && f.column(mapping, columns) == null);
    if (open) {
      getChildren().addAll(title(), muted(Messages.text("train.data.mapping.open")), format());
    } else if (wanted || lacking || !mapping.isEmpty()) {
      getChildren().addAll(title(), choices(fields, columns));
    } else {
      getChildren().add(line(fields, columns));
    }
  }

  /** The format, asked for where it is missed; the same choice as in the field above. */
  private Node format() {
    FormField field = model.form().field("data.format");
    return choice(Messages.text("train.data.mapping.row"), FieldBox.choice(field));
  }

  private Node line(List<TaskNeeds.Field> fields, List<String> columns) {
    String read =
        fields.stream()
            .filter(field -> field.column(Map.of(), columns) != null)
            .map(field -> words(field, field.column(Map.of(), columns)))
            .collect(Collectors.joining(", "));
    var change = new Button(Messages.text("train.data.mapping.change"));
    change.getStyleClass().add("quiet");
    change.setOnAction(
        _ -> {
          wanted = true;
          refresh();
        });
    var line = new HBox(8, muted(Messages.text("train.data.mapping.read", read)), change);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }

  private static String words(TaskNeeds.Field field, String column) {
    return field.name().equals(column)
        ? column
        : Messages.text("train.data.mapping.from", field.name(), column);
  }

  private Node choices(List<TaskNeeds.Field> fields, List<String> columns) {
    var choices = new FlowPane(16, 8);
    for (TaskNeeds.Field field : fields) {
      var box = new ComboBox<String>();
      if (field.optional()) {
        box.getItems().add("");
      }
      box.getItems().addAll(columns);
      box.setPromptText(Messages.text("train.data.mapping.choose"));
      box.setValue(field.column(model.form().columns(), columns));
      box.valueProperty().addListener((_, _, column) -> map(field, column, columns));
      choices.getChildren().add(choice(field.name(), box));
    }
    return choices;
  }

  /** Only what the names do not say by themselves stands in the recipe. */
  private void map(TaskNeeds.Field field, String column, List<String> columns) {
    wanted = true;
    boolean natural = column.isEmpty() || column.equals(field.column(Map.of(), columns));
    if (natural) {
      model.form().columns().remove(field.name());
    } else {
      model.form().columns().put(field.name(), column);
    }
  }

  private static Node choice(String name, ComboBox<String> box) {
    box.setAccessibleText(name);
    var label = muted(name);
    label.setMinWidth(Label.USE_PREF_SIZE);
    var choice = new HBox(8, label, box);
    choice.setAlignment(Pos.CENTER_LEFT);
    return choice;
  }

  private static Label title() {
    var label = new Label(Messages.text("train.data.mapping"));
    label.getStyleClass().add("field-label");
    return label;
  }

  private static Label muted(String text) {
    var label = new Label(text);
    label.getStyleClass().add("muted");
    label.setWrapText(true);
    label.setMinHeight(USE_PREF_SIZE);
    return label;
  }
}
