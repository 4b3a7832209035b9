package org.adapterstudio.engine.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows to learn and rows held out, both in file order.
 *
 * @param train rows to learn
 * @param eval rows held out
 */
record Split<R>(List<R> train, List<R> eval) {
  /** Rows from which on a share of them is held out. */
  private static final int FEWEST_TO_SPLIT = 20;

  /** Epoch number of the permutation that chooses the held-out rows; no real epoch has it. */
  private static final long SPLIT = -1;

  /** Holds a share of the rows out, chosen by the seed; none of fewer than twenty. */
  static <R> Split<R> of(List<R> rows, double fraction, long seed) {
    boolean[] held = new boolean[rows.size()];
    int[] order = Shuffle.order(rows.size(), seed, SPLIT);
    for (int i = 0; i < count(rows.size(), fraction); i++) {
      held[order[i]] = true;
    }
    return new Split<>(pick(rows, held, false), pick(rows, held, true));
  }

  private static int count(int rows, double fraction) {
    if (fraction <= 0 || rows < FEWEST_TO_SPLIT) {
      return 0;
    }
    return Math.clamp(Math.round(rows * fraction), 1, rows - 1);
  }

  private static <R> List<R> pick(List<R> rows, boolean[] held, boolean wanted) {
    List<R> picked = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (held[i] == wanted) {
        picked.add(rows.get(i));
      }
    }
    return picked;
  }
}
