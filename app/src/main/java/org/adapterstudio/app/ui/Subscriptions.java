package org.adapterstudio.app.ui;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

/**
 * A bag of things to end together. A view puts every listener it hangs on something that outlives
 * it in here and closes the bag when it goes.
 */
public final class Subscriptions implements AutoCloseable {
  private final Deque<Runnable> ends = new ArrayDeque<>();

  /** Keeps an end to run at {@link #close}. */
  public void add(Runnable end) {
    ends.push(end);
  }

  /** Hears every new value, the present one at once. */
  public <T> void now(ObservableValue<T> value, Consumer<? super T> listener) {
    on(value, listener);
    listener.accept(value.getValue());
  }

  /** Hears every new value. */
  public <T> void on(ObservableValue<T> value, Consumer<? super T> listener) {
    ChangeListener<T> heard = (_, _, next) -> listener.accept(next);
    value.addListener(heard);
    add(() -> value.removeListener(heard));
  }

  /** Hears that a list changed, and runs once at once. */
  public <T> void now(ObservableList<T> list, Runnable listener) {
    ListChangeListener<T> heard = _ -> listener.run();
    list.addListener(heard);
    add(() -> list.removeListener(heard));
    listener.run();
  }

  /** Hears that something changed, without its value. */
  public void on(Observable value, Runnable listener) {
    InvalidationListener heard = _ -> listener.run();
    value.addListener(heard);
    add(() -> value.removeListener(heard));
  }

  @Override
  public void close() {
    while (!ends.isEmpty()) {
      ends.pop().run();
    }
  }
}
