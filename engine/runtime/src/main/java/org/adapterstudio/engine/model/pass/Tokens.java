package org.adapterstudio.engine.model.pass;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.adapterstudio.contract.StudioException;

/**
 * Token rows for one pass, row-major [rows, length].
 *
 * @param attention 1 where a token is real, 0 where padded; null when all are real
 * @param segments number of the packed row each token belongs to; null when rows are not packed
 * @param positions of each token; null counts 0, 1, 2, ... in every row
 * @param types sentence number of each token, for models that embed it; null is 0 everywhere
 */
public record Tokens(
    long[] ids,
    int rows,
    int length,
    long[] attention,
    long[] segments,
    long[] positions,
    long[] types) {
  /** Rows without padding or packing. */
  public static Tokens of(long[] ids, int rows) {
    return new Tokens(ids, rows, ids.length / rows, null, null, null, null);
  }

  /** One fixed row that touches tokens from all over a vocabulary. */
  public static Tokens probe(int length, int vocabulary) {
    return of(LongStream.range(0, length).map(i -> (i * 37 + 1) % vocabulary).toArray(), 1);
  }

  /** The same rows, some tokens of which are padding; null is none. */
  public Tokens masked(long[] attention) {
    return new Tokens(ids, rows, length, attention, segments, positions, types);
  }

  /** The same rows, several texts packed in each. */
  public Tokens packed(long[] segments, long[] positions) {
    return new Tokens(ids, rows, length, attention, segments, positions, types);
  }

  /** The same rows with sentence numbers. */
  public Tokens typed(long[] types) {
    return new Tokens(ids, rows, length, attention, segments, positions, types);
  }

  /** One of the rows. */
  public Tokens row(int row) {
    return new Tokens(
        cut(ids, row),
        1,
        length,
        cut(attention, row),
        cut(segments, row),
        cut(positions, row),
        cut(types, row));
  }

  private long[] cut(long[] numbers, int row) {
    return numbers == null ? null : Arrays.copyOfRange(numbers, row * length, (row + 1) * length);
  }

  /** The same rows after so many places that no token stands at. */
  public Tokens after(int places) {
    if (places == 0) {
      return this;
    }
    if (segments != null) {
      throw StudioException.badInput(
          "Rows that are packed cannot each have a prompt before them.",
          "Switch data.packing off, or choose a method without a prompt.");
    }
    int longer = length + places;
    return new Tokens(
        extended(ids, places, 0),
        rows,
        longer,
        attention == null ? null : extended(attention, places, 1),
        null,
        null,
        null);
  }

  /** The same numbers for every row after so many places. */
  public long[] extended(long[] numbers, int places, long before) {
    long[] extended = new long[numbers.length + rows * places];
    Arrays.fill(extended, before);
    for (int row = 0; row < rows; row++) {
      int to = row * (length + places) + places;
      System.arraycopy(numbers, row * length, extended, to, length);
    }
    return extended;
  }

  /** Rows of these tokens followed by others. */
  public Tokens then(Tokens others) {
    long[] both = others.extended(others.ids, length, 0);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(ids, row * length, both, row * (length + others.length), length);
    }
    return new Tokens(both, rows, length + others.length, null, null, null, null);
  }

  /** Whether real tokens come first in every row, so that a causal mask alone hides the padding. */
  public boolean paddedRightOnly() {
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
