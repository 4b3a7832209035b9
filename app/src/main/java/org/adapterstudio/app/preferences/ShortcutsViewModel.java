package org.adapterstudio.app.preferences;

import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.KeyBindings;
import org.adapterstudio.app.action.Keys;
import org.adapterstudio.app.ui.Messages;

/** Which keys do what, and how they are changed: one action at a time waits for its keys. */
public final class ShortcutsViewModel {
  private final KeyBindings bindings;
  private final StringProperty query = new SimpleStringProperty("");
  private final ObjectProperty<Action> waiting = new SimpleObjectProperty<>();
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Keys> disputed = new ReadOnlyObjectWrapper<>();

  /** The page of these bindings. */
  public ShortcutsViewModel(KeyBindings bindings) {
    this.bindings = bindings;
    waiting.subscribe(action -> bindings.resting().set(action != null));
  }

  /** What actions are searched by: words or keys. */
  public StringProperty query() {
    return query;
  }

  /** The action that waits for its keys; null while none does. */
  public ReadOnlyObjectProperty<Action> waiting() {
    return waiting;
  }

  /** Why the keys just pressed were not taken; empty where they were. */
  public ReadOnlyStringProperty problem() {
    return problem.getReadOnlyProperty();
  }

  /** Keys that another action has and would lose; null where none are disputed. */
  public ReadOnlyObjectProperty<Keys> disputed() {
    return disputed.getReadOnlyProperty();
  }

  /** Whether an action answers what is searched. */
  public boolean found(Action action) {
    String wanted = query.get().strip().toLowerCase(Locale.ROOT);
    return (words(action) + " " + keys(action)).toLowerCase(Locale.ROOT).contains(wanted);
  }

  /** An action in words. */
  public String words(Action action) {
    return Messages.text(action.messageKey());
  }

  /** An action's keys in words. */
  public String keys(Action action) {
    String text = bindings.text(action);
    return text.isEmpty() ? Messages.text("keys.none") : text;
  }

  /** Whether an action's keys are other than the standard ones. */
  public boolean changed(Action action) {
    return bindings.changed(action);
  }

  /** Lets an action wait for its keys. */
  public void begin(Action action) {
    end();
    waiting.set(action);
  }

  /** Gives the waiting action these keys, unless every screen or another action needs them. */
  public void press(Keys keys) {
    Action action = waiting.get();
    if (action == null) {
      return;
    }
    if (keys.fixed()) {
      disputed.set(null);
      problem.set(Messages.text("keys.fixed", keys.text()));
      return;
    }
    bindings
        .conflict(action, keys)
        .ifPresentOrElse(
            other -> {
              disputed.set(keys);
              problem.set(Messages.text("keys.conflict", keys.text(), words(other)));
            },
            () -> give(action, keys));
  }

  /** Gives the waiting action the disputed keys; who had them goes without. */
  public void takeOver() {
    give(waiting.get(), disputed.get());
  }

  /** Leaves the waiting action without keys. */
  public void clear() {
    Action action = waiting.get();
    end();
    bindings.clear(action);
  }

  /** Leaves everything as it was. */
  public void end() {
    waiting.set(null);
    disputed.set(null);
    problem.set("");
  }

  /** Gives an action its standard keys back, unless another has them now: then that is told. */
  public void reset(Action action) {
    begin(action);
    action.standard().ifPresentOrElse(this::press, this::clear);
  }

  /** Gives every action its standard keys back. */
  public void resetAll() {
    end();
    bindings.resetAll();
  }

  private void give(Action action, Keys keys) {
    end();
    bindings.set(action, keys);
  }
}
