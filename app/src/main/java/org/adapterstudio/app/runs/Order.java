package org.adapterstudio.app.runs;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.collections.ObservableList;

/** Makes an observable list hold what it should by few changes, so that a selection survives. */
final class Order {
  private static final int FEW = 32;

  private Order() {}

  /** Removes and inserts until the list equals the wanted one; whole where that is much. */
  static <T> void make(ObservableList<T> list, List<T> wanted) {
    if (list.equals(wanted)) {
      return;
    }
    Set<T> stay = new HashSet<>(wanted);
    Set<T> before = new HashSet<>(list);
    long gone = list.stream().filter(each -> !stay.contains(each)).count();
    long come = wanted.stream().filter(each -> !before.contains(each)).count();
    if (gone + come > FEW) {
      list.setAll(wanted);
      return;
    }
    list.removeIf(each -> !stay.contains(each));
    for (int i = 0; i < wanted.size(); i++) {
      if (!before.contains(wanted.get(i))) {
        list.add(Math.min(i, list.size()), wanted.get(i));
      }
    }
    if (!list.equals(wanted)) {
      list.setAll(wanted);
    }
  }
}
