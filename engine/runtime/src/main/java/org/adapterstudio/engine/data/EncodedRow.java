package org.adapterstudio.engine.data;

import java.nio.IntBuffer;

/**
 * One row as token ids.
 *
 * @param line of its file
 * @param ids at most max_length of them
 * @param labels same length; the id where the token is learnt, {@link #NOT_TRAINED} elsewhere. Not
 *     shifted: position i is predicted from the positions before it.
 * @param fullLength tokens before cutting
 */
public record EncodedRow(int line, int[] ids, int[] labels, int fullLength) {
  /** Label of a token that does not count in the loss. */
  public static final int NOT_TRAINED = -100;

  /** Whether the row was longer than max_length. */
  public boolean cut() {
    return fullLength > ids.length;
  }

  /** Tokens that count in the loss: the first of a row has nothing before it. */
  public int trainedTokens() {
    int count = 0;
    for (int i = 1; i < labels.length; i++) {
      count += labels[i] == NOT_TRAINED ? 0 : 1;
    }
    return count;
  }

  /** The ids as a key: equal for rows of the same tokens. */
  IntBuffer key() {
    return IntBuffer.wrap(ids);
  }
}
