package org.adapterstudio.engine.serve;

import java.util.function.Supplier;

/**
 * Remembers the last answer to one kind of question, so that a form that asks again after every
 * keystroke pays for reading the data only when the data changed.
 */
final class Recent<K, V> {
  private K key;
  private V value;

  /**
   * The remembered value where the key is the same, else a new one; a failure is not remembered.
   */
  synchronized V get(K wanted, Supplier<V> maker) {
    if (!wanted.equals(key)) {
      value = maker.get();
      key = wanted;
    }
    return value;
  }
}
