package org.adapterstudio.app.action;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.adapterstudio.app.settings.SettingsFile;

/** Which keys each action has: its standard ones, or what the settings file says instead. */
public final class KeyBindings {
  private final SettingsFile settings;
  private final BooleanProperty resting = new SimpleBooleanProperty();
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();

  /** The keys of a settings file. */
  public KeyBindings(SettingsFile settings) {
    this.settings = settings;
  }

  /** Counts the changes. */
  public ReadOnlyIntegerProperty revision() {
    return revision.getReadOnlyProperty();
  }

  /** Whether no keys do anything, because other ones are being chosen. */
  public BooleanProperty resting() {
    return resting;
  }

  /** An action's keys now; none where they were taken away. */
  public Optional<Keys> of(Action action) {
    String chosen = settings.get().keys().get(action.key());
    if (chosen == null || !chosen.isEmpty() && Keys.parse(chosen).isEmpty()) {
      return action.standard();
    }
    return Keys.parse(chosen);
  }

  /** An action's keys in words; empty where it has none. */
  public String text(Action action) {
    return of(action).map(Keys::text).orElse("");
  }

  /** The actions on these keys, at most one of which holds at a time. */
  public Stream<Action> on(Keys keys) {
    return Stream.of(Action.values()).filter(action -> of(action).filter(keys::equals).isPresent());
  }

  /** The action that these keys would be taken from, if any. */
  public Optional<Action> conflict(Action action, Keys keys) {
    return on(keys).filter(other -> other != action && other.meets(action)).findFirst();
  }

  /** Whether an action's keys are other than the standard ones. */
  public boolean changed(Action action) {
    return !of(action).equals(action.standard());
  }

  /** Gives an action keys; whatever had them and would meet it goes without. */
  public void set(Action action, Keys keys) {
    change(
        map -> {
          on(keys)
              .filter(other -> other != action && other.meets(action))
              .forEach(other -> map.put(other.key(), ""));
          map.put(action.key(), keys.stored());
          return map;
        });
  }

  /** Takes an action's keys away. */
  public void clear(Action action) {
    change(
        map -> {
          map.put(action.key(), "");
          return map;
        });
  }

  /** Gives every action its standard keys back. */
  public void resetAll() {
    change(_ -> new LinkedHashMap<>());
  }

  private void change(UnaryOperator<Map<String, String>> change) {
    Map<String, String> next = change.apply(new LinkedHashMap<>(settings.get().keys()));
    for (Action action : Action.values()) { // what is standard need not be remembered
      String standard = action.standard().map(Keys::stored).orElse("");
      next.remove(action.key(), standard);
    }
    settings.update(now -> now.withKeys(next));
    revision.set(revision.get() + 1);
  }
}
