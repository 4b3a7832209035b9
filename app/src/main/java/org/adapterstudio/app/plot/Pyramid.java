package org.adapterstudio.app.plot;

import java.util.Arrays;

/**
 * Where the lowest and the highest finite value of every 8, 64, 512, ... values of a growing array
 * stand. A value costs a few comparisons when it is appended, and the extremes of any stretch are
 * found by looking at a few dozen places, however long it is.
 */
final class Pyramid {
  private static final int SHIFT = 3;
  private static final int LEVELS = 10; // 8^10 is the longest array
  private static final int NONE = -1;
  private final int[][] lows = new int[LEVELS][8];
  private final int[][] highs = new int[LEVELS][8];

  /** Takes in the value at {@code i}; all before it are in already. */
  void add(double[] ys, int i) {
    boolean finite = Double.isFinite(ys[i]);
    for (int level = 0; level < LEVELS; level++) {
      int block = i >>> shift(level);
      boolean starts = (i & mask(level)) == 0;
      if (starts) {
        open(level, block);
      }
      boolean moved = finite && widen(ys, level, block, i, i);
      if (!starts && !moved) {
        return; // what moves nothing here moves nothing above
      }
    }
  }

  /** Forgets every value from {@code size} on. */
  void truncate(double[] ys, int size) {
    if (size == 0) {
      return; // the next value opens every block anew
    }
    int last = size - 1;
    for (int level = 0; level < LEVELS; level++) {
      int block = last >>> shift(level);
      open(level, block);
      int child = block << SHIFT;
      int lastChild = level == 0 ? last : last >>> shift(level - 1);
      for (; child <= lastChild; child++) {
        int low = level == 0 ? child : lows[level - 1][child];
        int high = level == 0 ? child : highs[level - 1][child];
        if (low != NONE && Double.isFinite(ys[low])) {
          widen(ys, level, block, low, high);
        }
      }
    }
  }

  /**
   * Adds the extremes of a stretch to what was found.
   *
   * @param positive only values above 0 count, as on a log axis
   */
  void look(double[] ys, int from, int to, boolean positive, Extremes found) {
    look(ys, from, to, LEVELS - 1, positive, found);
  }

  private void look(double[] ys, int from, int to, int top, boolean positive, Extremes found) {
    int i = from;
    while (i < to) {
      int level = largestBlock(i, to, top);
      if (level < 0) {
        if (Double.isFinite(ys[i]) && (!positive || ys[i] > 0)) {
          found.take(ys, i, i);
        }
        i++;
        continue;
      }
      int block = i >>> shift(level);
      int end = i + (1 << shift(level));
      int low = lows[level][block];
      int high = highs[level][block];
      if (low != NONE && (!positive || ys[low] > 0)) {
        found.take(ys, low, high);
      } else if (low != NONE && ys[high] > 0) {
        look(ys, i, end, level - 1, true, found); // only some of them count
      }
      i = end;
    }
  }

  /** Level of the largest whole block that begins at {@code i}; -1 where only a value does. */
  private static int largestBlock(int i, int to, int top) {
    int level = -1;
    while (level < top && (i & mask(level + 1)) == 0 && to - i > mask(level + 1)) {
      level++;
    }
    return level;
  }

  private void open(int level, int block) {
    if (block >= lows[level].length) {
      lows[level] = Arrays.copyOf(lows[level], 2 * lows[level].length);
      highs[level] = Arrays.copyOf(highs[level], 2 * highs[level].length);
    }
    lows[level][block] = NONE;
    highs[level][block] = NONE;
  }

  private boolean widen(double[] ys, int level, int block, int low, int high) {
    int[] blockLows = lows[level];
    int[] blockHighs = highs[level];
    if (blockLows[block] == NONE) {
      blockLows[block] = low;
      blockHighs[block] = high;
      return true;
    }
    boolean lower = ys[low] < ys[blockLows[block]];
    boolean higher = ys[high] > ys[blockHighs[block]];
    if (lower) {
      blockLows[block] = low;
    }
    if (higher) {
      blockHighs[block] = high;
    }
    return lower || higher;
  }

  private static int shift(int level) {
    return SHIFT * (level + 1);
  }

  private static int mask(int level) {
    return (1 << shift(level)) - 1;
  }
}
