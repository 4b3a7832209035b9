package org.adapterstudio.app.train;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.Knob;
import org.kordamp.ikonli.javafx.FontIcon;

/** A field on a card: label, unit, control, help, and a dot with a way back where it differs. */
final class FieldBox extends VBox {
  private final FormField field;

  FieldBox(FormField field) {
    this(field, control(field), new SimpleStringProperty(field.knob().help()));
  }

  /** A field with a control of its own and a help that changes. */
  FieldBox(FormField field, Control control, ObservableValue<String> help) {
    this.field = field;
    getStyleClass().add("field");
    control.setMaxWidth(Double.MAX_VALUE);
    control.setAccessibleText(field.knob().label());
    control.setTooltip(tooltip(field));
    boolean flag = field.knob() instanceof Knob.Flag;
    getChildren().add(head(field, flag ? control : label(field)));
    if (!flag) {
      getChildren().add(control);
    }
    getChildren().addAll(help(help), error(field, control));
  }

  /** What it edits. */
  FormField field() {
    return field;
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
    return switch (field.knob()) {
      case Knob.Choice _ -> choice(field);
      case Knob.Flag _ -> flag(field);
      default -> text(field);
    };
  }

  private static Control text(FormField field) {
    var text = new TextField();
    text.textProperty().bindBidirectional(field.textProperty());
    return text;
  }

  /** A choice among what the field offers now. */
  static ComboBox<String> choice(FormField field) {
    var box = new ComboBox<>(field.offered());
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

  private static Node help(ObservableValue<String> text) {
    var help = new Label();
    help.textProperty().bind(text);
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
