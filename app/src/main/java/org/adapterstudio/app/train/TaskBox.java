package org.adapterstudio.app.train;

import javafx.beans.binding.Bindings;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.method.TaskCards;

/** What the base shall learn: tasks by their titles, each with the sentence of its card. */
final class TaskBox {
  private TaskBox() {}

  static FieldBox of(TrainViewModel model) {
    FormField field = model.form().field("model.task");
    ComboBox<String> box = FieldBox.choice(field);
    box.setCellFactory(_ -> new TaskCell());
    box.setButtonCell(new TitleCell());
    var help =
        Bindings.createStringBinding(
            () -> help(field.textProperty().get(), model),
            field.textProperty(),
            model.taskProperty(),
            model.modelProperty());
    return new FieldBox(field, box, help);
  }

  private static String help(String key, TrainViewModel model) {
    if (!key.equals(TaskCards.AUTO)) {
      return sentence(key);
    }
    MethodCard task = model.taskProperty().get();
    if (task != null) {
      return Messages.text("train.task.saved", task.title(), task.sentence());
    }
    var base = model.modelProperty().get();
    boolean open = base != null && base.supported();
    return Messages.text(open ? "train.task.open" : "train.task.auto.help");
  }

  private static String title(String key) {
    return MethodCatalogue.find("task", key)
        .map(MethodCard::title)
        .orElse(key.equals(TaskCards.AUTO) ? Messages.text("train.task.auto") : key);
  }

  private static String sentence(String key) {
    return MethodCatalogue.find("task", key)
        .map(MethodCard::sentence)
        .orElse(Messages.text("train.task.auto.help"));
  }

  /** The title alone, on the closed box. */
  private static final class TitleCell extends ListCell<String> {
    @Override
    protected void updateItem(String key, boolean empty) {
      super.updateItem(key, empty);
      setText(empty || key == null ? "" : title(key));
    }
  }

  /** Title and sentence, in the open list. */
  private static final class TaskCell extends ListCell<String> {
    private static final double WIDTH = 400;
    private final Label title = new Label();
    private final Label sentence = new Label();
    private final VBox lines = new VBox(title, sentence);

    TaskCell() {
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
        title.setText(title(key));
        sentence.setText(sentence(key));
      }
    }
  }
}
