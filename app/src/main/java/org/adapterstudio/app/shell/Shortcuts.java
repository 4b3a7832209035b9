package org.adapterstudio.app.shell;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.action.KeyBindings;
import org.adapterstudio.app.action.Keys;

/**
 * The keys of the window. Those with Ctrl or Alt come before any control; those that a text field
 * would write come after all controls, and rest while a text is being typed.
 */
final class Shortcuts {
  /** What holds while a card lies over the window. */
  private static final Set<Action> OVER = EnumSet.of(Action.PALETTE, Action.HELP);

  private final KeyBindings keys;
  private final Supplier<List<Actions>> offered;
  private final BooleanSupplier covered;
  private final Runnable escape;

  /**
   * Keys for what is offered at the moment of each press.
   *
   * @param offered by the screen first, then by the window
   * @param covered whether a card lies over the window
   * @param escape closes what is on top
   */
  Shortcuts(
      KeyBindings keys, Supplier<List<Actions>> offered, BooleanSupplier covered, Runnable escape) {
    this.keys = keys;
    this.offered = offered;
    this.covered = covered;
    this.escape = escape;
  }

  /** Listens on a scene. */
  void listen(Scene scene) {
    scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> press(scene, event, false));
    scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> press(scene, event, true));
  }

  private void press(Scene scene, KeyEvent event, boolean writing) {
    if (keys.resting().get()) {
      return;
    }
    if (writing && event.getCode() == KeyCode.ESCAPE) {
      escape.run();
      return;
    }
    Keys.of(event)
        .filter(pressed -> pressed.writes() == writing)
        .filter(pressed -> !writing || !typing(scene.getFocusOwner()))
        .flatMap(this::find)
        .ifPresent(
            act -> {
              event.consume();
              act.run();
            });
  }

  private Optional<Runnable> find(Keys pressed) {
    return keys.on(pressed)
        .filter(action -> OVER.contains(action) || !covered.getAsBoolean())
        .flatMap(action -> offered.get().stream().flatMap(all -> all.find(action).stream()))
        .findFirst();
  }

  private static boolean typing(Node focused) {
    return focused instanceof TextInputControl
        || focused instanceof ComboBoxBase<?> box && box.isEditable()
        || focused instanceof Spinner<?> spinner && spinner.isEditable();
  }
}
