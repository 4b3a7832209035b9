package org.adapterstudio.app.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** The keys that work everywhere in the window. Bare digits rest while a text is being typed. */
final class Shortcuts {
  private final Map<KeyCombination, Runnable> actions = new LinkedHashMap<>();
  private final Map<KeyCode, Runnable> bare = new LinkedHashMap<>();

  /** One line of the list that F1 shows. */
  record Line(String keys, String messageKey) {}

  /** What F1 shows. */
  static List<Line> lines() {
    return List.of(
        new Line("Ctrl K", "help.palette"),
        new Line("Ctrl N", "help.new"),
        new Line("Ctrl O", "help.open"),
        new Line("1  2  3  4", "help.places"),
        new Line("Ctrl .", "help.stop"),
        new Line("F1", "help.help"),
        new Line("Esc", "help.escape"));
  }

  /** Binds a key with Ctrl (Cmd on a Mac). */
  void control(KeyCode code, Runnable action) {
    actions.put(new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN), action);
  }

  /** Binds a key without modifiers that writes no letter, such as F1. */
  void function(KeyCode code, Runnable action) {
    actions.put(new KeyCodeCombination(code), action);
  }

  /** Binds a key that would write a letter into a text field. */
  void bare(KeyCode code, Runnable action) {
    bare.put(code, action);
  }

  /** Listens on a scene; fields and lists come first. */
  void listen(Scene scene) {
    scene.getAccelerators().putAll(actions);
    scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> press(scene, event));
  }

  private void press(Scene scene, KeyEvent event) {
    boolean modified =
        event.isShortcutDown() || event.isAltDown() || event.isControlDown() || event.isMetaDown();
    Runnable action = bare.get(event.getCode());
    if (action != null && !modified && !(scene.getFocusOwner() instanceof TextInputControl)) {
      action.run();
      event.consume();
    }
  }
}
