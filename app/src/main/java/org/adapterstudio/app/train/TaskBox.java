package org.adapterstudio.app.train;

import javafx.beans.binding.Bindings;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.method.TaskCards;

/** What the base shall learn: tasks by their titles, each with the sentence of its card. */
final class TaskBox {
  private TaskBox() {}

  static FieldBox of(TrainViewModel model) {
    FormField field = model.form().field("model.task");
    var help =
        Bindings.createStringBinding(
            () -> help(field.textProperty().get(), model),
            field.textProperty(),
            model.taskProperty(),
            model.modelProperty());
    return new FieldBox(field, CardChoice.of(field, TaskBox::title, TaskBox::sentence), help);
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
}
