package org.adapterstudio.engine.data;

/** Permutations derived from numbers alone, the same on every machine and for ever. */
final class Shuffle {
  private Shuffle() {}

  /** A permutation of 0..size-1 that depends only on seed, epoch and size. */
  static int[] order(int size, long seed, long epoch) {
    long state = mix(seed ^ mix(epoch + 0x9E3779B97F4A7C15L));
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      state += 0x9E3779B97F4A7C15L;
      int j = (int) Long.remainderUnsigned(mix(state), i + 1L);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
