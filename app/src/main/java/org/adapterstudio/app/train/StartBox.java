package org.adapterstudio.app.train;

import javafx.beans.binding.Bindings;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;

/** How a method starts: start states by their titles, each with the sentence of its card. */
final class StartBox {
  private StartBox() {}

  static FieldBox of(FormField field) {
    var help =
        Bindings.createStringBinding(
            () -> sentence(field.textProperty().get()), field.textProperty());
    return new FieldBox(field, CardChoice.of(field, StartBox::title, StartBox::sentence), help);
  }

  private static String title(String key) {
    return MethodCatalogue.find("initializer", key)
        .map(MethodCard::title)
        .orElse(Messages.text("train.method.start.own"));
  }

  private static String sentence(String key) {
    return MethodCatalogue.find("initializer", key)
        .map(MethodCard::sentence)
        .orElse(Messages.text("train.method.start.help"));
  }
}
