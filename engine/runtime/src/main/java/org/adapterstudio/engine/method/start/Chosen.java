package org.adapterstudio.engine.method.start;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Numbers drawn without repetition. */
final class Chosen {
  private Chosen() {}

  /** Some of 0 .. of - 1, in random order. */
  static long[] of(int of, int count, RandomGenerator random) {
    long[] all = new long[of];
    Arrays.setAll(all, i -> i);
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(of - i);
      long swap = all[i];
      all[i] = all[other];
      all[other] = swap;
    }
    return Arrays.copyOf(all, count);
  }
}
