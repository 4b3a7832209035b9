package org.adapterstudio.engine.data;

import java.util.ArrayList;
import java.util.List;

/** Examples to train on and examples held out. */
public record Split<E>(List<E> train, List<E> eval) {
  /** Examples from which on a share of them is held out. */
  private static final int FEWEST_TO_SPLIT = 20;

  /** Epoch number of the permutation that chooses the held-out ones; no real epoch has it. */
  private static final long SPLIT = -1;

  /** Holds out a share, chosen by the seed alone; both parts keep their order. */
  public static <E> Split<E> of(List<E> examples, double fraction, long seed) {
    int count = heldOut(examples.size(), fraction);
    boolean[] chosen = new boolean[examples.size()];
    int[] order = Shuffle.order(examples.size(), seed, SPLIT);
    for (int i = 0; i < count; i++) {
      chosen[order[i]] = true;
    }
    var train = new ArrayList<E>();
    var eval = new ArrayList<E>();
    for (int i = 0; i < chosen.length; i++) {
      (chosen[i] ? eval : train).add(examples.get(i));
    }
    return new Split<>(train, eval);
  }

  private static int heldOut(int examples, double fraction) {
    if (fraction <= 0 || examples < FEWEST_TO_SPLIT) {
      return 0;
    }
    return Math.clamp(Math.round(examples * fraction), 1, examples - 1);
  }
}
