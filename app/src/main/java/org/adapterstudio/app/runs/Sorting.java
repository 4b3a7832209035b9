package org.adapterstudio.app.runs;

import java.util.Comparator;

/** Comparators that a sorted list takes for new ones. */
final class Sorting {
  private Sorting() {}

  /** The same order by another object; null, which sorts nothing, stays null. */
  static <T> Comparator<T> again(Comparator<T> order) {
    return order == null ? null : (a, b) -> order.compare(a, b);
  }
}
