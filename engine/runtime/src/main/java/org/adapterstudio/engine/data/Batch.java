package org.adapterstudio.engine.data;

/**
 * Rows of equal length, row after row in flat arrays of {@code rows * length}, filled up on the
 * right.
 *
 * @param rows of the batch (blocks, where packed)
 * @param length of each row
 * @param inputIds pad id where filled up
 * @param attentionMask 1 for tokens, 0 where filled up
 * @param labels id to learn at its own position (not shifted), -100 where none
 * @param positionIds from 0 at the start of each packed row; 0 where filled up
 * @param segmentIds 1, 2, ... for the rows packed into one block, 0 where filled up: a token may
 *     see only earlier tokens of its own segment
 * @param packed whether some block holds more than one segment
 * @param lines of the file that the rows stand on, in order, every packed row included
 */
public record Batch(
    int rows,
    int length,
    long[] inputIds,
    long[] attentionMask,
    long[] labels,
    long[] positionIds,
    long[] segmentIds,
    boolean packed,
    int[] lines) {
  /** Tokens that are not filling. */
  public int tokens() {
    int count = 0;
    for (long on : attentionMask) {
      count += (int) on;
    }
    return count;
  }

  /** Tokens that count in the loss after the shift by one. */
  public int trainedTokens() {
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      count += i % length != 0 && labels[i] != EncodedRow.NOT_TRAINED ? 1 : 0;
    }
    return count;
  }
}
