package org.adapterstudio.app.run;

import java.util.ArrayList;
import java.util.List;

/**
 * In which order cards stand, by their ids: pinned ones first, then those that were moved, the
 * others where they come by nature.
 *
 * @param pinned cards in front, in this order
 * @param order all cards as they stood when one was last moved
 */
record CardOrder(List<String> pinned, List<String> order) {
  CardOrder {
    pinned = List.copyOf(pinned);
    order = List.copyOf(order);
  }

  /** The cards there are, in their order. */
  List<String> arranged(List<String> natural) {
    var rest = new ArrayList<>(order);
    rest.retainAll(natural);
    for (int i = 0; i < natural.size(); i++) {
      if (!rest.contains(natural.get(i))) {
        int behind = i == 0 ? -1 : rest.indexOf(natural.get(i - 1));
        rest.add(behind + 1, natural.get(i));
      }
    }
    var all = new ArrayList<>(pinned);
    all.retainAll(natural);
    rest.removeAll(all);
    all.addAll(rest);
    return all;
  }

  /** Pins a card behind those that are, or lets it go. */
  CardOrder pin(String card) {
    var next = new ArrayList<>(pinned);
    if (!next.remove(card)) {
      next.add(card);
    }
    return new CardOrder(next, order);
  }

  /** Moves a card by a place among the pinned or among the others; the first stays the first. */
  CardOrder move(String card, int by, List<String> natural) {
    boolean front = pinned.contains(card);
    var group = new ArrayList<>(arranged(natural));
    group.removeIf(other -> pinned.contains(other) != front);
    int from = group.indexOf(card);
    int to = from + by;
    if (from < 0 || to < 0 || to >= group.size()) {
      return this;
    }
    group.add(to, group.remove(from));
    return front ? new CardOrder(group, order) : new CardOrder(pinned, group);
  }

  /** Puts a card before another one; both are then pinned, or neither. */
  CardOrder put(String card, String before, List<String> natural) {
    if (card.equals(before)) {
      return this;
    }
    CardOrder next = pinned.contains(card) == pinned.contains(before) ? this : pin(card);
    List<String> now = next.arranged(natural);
    int by = now.indexOf(before) - now.indexOf(card);
    return next.move(card, by > 0 ? by - 1 : by, natural);
  }
}
