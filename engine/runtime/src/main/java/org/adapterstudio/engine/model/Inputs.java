package org.adapterstudio.engine.model;

/**
 * Token rows for one pass, row-major [rows, length].
 *
 * @param attention 1 where a token is real, 0 where padded; null when all are real
 * @param segments number of the packed row each token belongs to; null when rows are not packed
 * @param positions of each token; null counts 0, 1, 2, ... in every row
 */
public record Inputs(
    long[] ids, int rows, int length, long[] attention, long[] segments, long[] positions) {
  /** Rows without padding or packing. */
  public static Inputs of(long[] ids, int rows) {
    return new Inputs(ids, rows, ids.length / rows, null, null, null);
  }

  /** Whether real tokens come first in every row, so that a causal mask alone hides the padding. */
  boolean paddedRightOnly() {
    if (attention == null) {
      return true;
    }
    for (int row = 0; row < rows; row++) {
      for (int i = 1; i < length; i++) {
        if (attention[row * length + i] > attention[row * length + i - 1]) {
          return false;
        }
      }
    }
    return true;
  }
}
