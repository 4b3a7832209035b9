package org.adapterstudio.app.action;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;

/** What one screen does for which action, and whether it can do so at this moment. */
public final class Actions {
  private final Map<Action, Doing> doings = new EnumMap<>(Action.class);
  private final Map<ButtonBase, Action> buttons = new java.util.LinkedHashMap<>();

  private record Doing(BooleanSupplier possible, Runnable act) {}

  /** Does something for an action whenever the screen is shown. */
  public Actions on(Action action, Runnable act) {
    return on(action, act, () -> true);
  }

  /** Does something for an action while it is possible. */
  public Actions on(Action action, Runnable act, BooleanSupplier possible) {
    doings.put(action, new Doing(possible, act));
    return this;
  }

  /**
   * Presses a button for an action while it can be seen and pressed; its tooltip tells the keys.
   */
  public Actions on(Action action, ButtonBase button) {
    return hint(action, button).on(action, button::fire, () -> canPress(button));
  }

  /** Lets a button's tooltip tell an action's keys. */
  public Actions hint(Action action, ButtonBase button) {
    buttons.put(button, action);
    return this;
  }

  /** What to run for an action, if it is possible now. */
  public Optional<Runnable> find(Action action) {
    return Optional.ofNullable(doings.get(action))
        .filter(doing -> doing.possible().getAsBoolean())
        .map(Doing::act);
  }

  /** What is possible now, in the order of {@link Action}. */
  public List<Action> possible() {
    return doings.keySet().stream().filter(action -> find(action).isPresent()).toList();
  }

  /** The buttons whose tooltips tell keys. */
  public Map<ButtonBase, Action> buttons() {
    return Map.copyOf(buttons);
  }

  private static boolean canPress(ButtonBase button) {
    return !button.isDisabled()
        && button.getScene() != null
        && Stream.<Node>iterate(button, node -> node != null, Node::getParent)
            .allMatch(Node::isVisible);
  }
}
