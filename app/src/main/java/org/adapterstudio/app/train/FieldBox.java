package org.adapterstudio.app.train;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.Knob;
import org.kordamp.ikonli.javafx.FontIcon;

/** A field on a card: label, unit, control, help, and a dot with a way back where it differs. */
final class FieldBox extends VBox {
  FieldBox(FormField field) {
    getStyleClass().add("field");
    Control control = control(field);
    control.setTooltip(tooltip(field));
    boolean flag = field.knob() instanceof Knob.Flag;
    getChildren().add(head(field, flag ? control : label(field)));
    if (!flag) {
      getChildren().add(control);
    }
    getChildren().addAll(help(field), error(field, control));
  }

  /** Fields in two columns. */
  static GridPane grid(List<FormField> fields) {
    var grid = new GridPane();
    grid.getStyleClass().add("field-grid");
    for (int i = 0; i < 2; i++) {
      var column = new ColumnConstraints();
      column.setPercentWidth(50);
      grid.getColumnConstraints().add(column);
    }
    for (int i = 0; i < fields.size(); i++) {
      grid.add(new FieldBox(fields.get(i)), i % 2, i / 2);
    }
    return grid;
  }

  private static Label label(FormField field) {
    var label = new Label(field.knob().label());
    label.getStyleClass().add("field-label");
    return label;
  }

  private static HBox head(FormField field, Node first) {
    var unit = new Label(unit(field.knob()));
    unit.getStyleClass().add("muted");
    var dot = new Circle(3);
    dot.getStyleClass().add("field-dot");
    dot.visibleProperty().bind(field.changedProperty());
    var reset = new Button();
    reset.setGraphic(new FontIcon("fth-rotate-ccw"));
    reset.getStyleClass().addAll("quiet", "field-reset");
    reset.setTooltip(new Tooltip(Messages.text("train.reset")));
    reset.setAccessibleText(Messages.text("train.reset") + ": " + field.knob().label());
    reset.visibleProperty().bind(field.changedProperty());
    reset.setOnAction(_ -> field.reset());
    var head = new HBox(8, first, unit, dot, reset);
    head.setAlignment(Pos.CENTER_LEFT);
    return head;
  }

  private static String unit(Knob knob) {
    return switch (knob) {
      case Knob.Whole whole -> whole.unit();
      case Knob.Real real -> real.unit();
      default -> "";
    };
  }

  private static Tooltip tooltip(FormField field) {
    String range = field.range();
    return new Tooltip(range.isEmpty() ? field.path() : field.path() + ": " + range);
  }

  private static Control control(FormField field) {
    Control control =
        switch (field.knob()) {
          case Knob.Choice choice -> choice(field, choice);
          case Knob.Flag _ -> flag(field);
          default -> text(field);
        };
    control.setMaxWidth(Double.MAX_VALUE);
    control.setAccessibleText(field.knob().label());
    return control;
  }

  private static Control text(FormField field) {
    var text = new TextField();
    text.textProperty().bindBidirectional(field.textProperty());
    return text;
  }

  private static Control choice(FormField field, Knob.Choice knob) {
    var box = new ComboBox<String>();
    box.getItems().setAll(knob.options());
    box.valueProperty().bindBidirectional(field.textProperty());
    return box;
  }

  private static Control flag(FormField field) {
    var box = new CheckBox(field.knob().label());
    box.setSelected(field.textProperty().get().equals("true"));
    box.selectedProperty()
        .addListener((_, _, on) -> field.textProperty().set(Boolean.toString(on)));
    field.textProperty().addListener((_, _, now) -> box.setSelected(now.equals("true")));
    return box;
  }

  private static Node help(FormField field) {
    var help = new Label(field.knob().help());
    help.getStyleClass().add("field-help");
    help.setWrapText(true);
    help.setMinHeight(USE_PREF_SIZE);
    return help;
  }

  /** Says what is wrong once the person has left the field, not while they write. */
  private static Node error(FormField field, Control control) {
    var error = new Label();
    error.getStyleClass().add("field-error");
    error.setWrapText(true);
    error.textProperty().bind(field.errorProperty());
    var shown = field.errorProperty().isNotEmpty().and(control.focusedProperty().not());
    error.visibleProperty().bind(shown);
    error.managedProperty().bind(shown);
    return error;
  }
}
