package org.adapterstudio.app.shell;

import javafx.scene.control.ButtonBase;
import javafx.scene.control.Tooltip;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.action.KeyBindings;
import org.adapterstudio.app.ui.Messages;

/** Tells in the tooltips of buttons which keys do the same. */
final class KeyHints {
  private static final String OWN = "KeyHints.own";

  private KeyHints() {}

  /** Writes the present keys into the tooltips. */
  static void show(Actions actions, KeyBindings keys) {
    actions.buttons().forEach((button, action) -> show(button, action, keys.text(action)));
  }

  private static void show(ButtonBase button, Action action, String keys) {
    var own = (String) button.getProperties().computeIfAbsent(OWN, _ -> ownWords(button, action));
    String words = keys.isEmpty() ? own : Messages.text("act.tip", own, keys);
    if (button.getTooltip() == null) {
      button.setTooltip(new Tooltip(words));
    } else {
      button.getTooltip().setText(words);
    }
  }

  private static String ownWords(ButtonBase button, Action action) {
    Tooltip tip = button.getTooltip();
    return tip == null || tip.getText().isEmpty()
        ? Messages.text(action.messageKey())
        : tip.getText();
  }
}
