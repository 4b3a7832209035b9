package org.adapterstudio.engine.train;

import org.adapterstudio.engine.model.Inputs;

/**
 * Token rows with labels, as the trainer takes them.
 *
 * @param inputs of the pass
 * @param labels [rows, length], -100 where not trained
 * @param lines of the data file they stand on, for messages
 */
public record Rows(Inputs inputs, long[] labels, int[] lines) {
  /** Tokens that count in the loss. */
  public int trainedTokens() {
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      boolean first = i % inputs.length() == 0;
      count += first || labels[i] == -100 ? 0 : 1;
    }
    return count;
  }

  /** Real tokens, prompts included. */
  public long tokens() {
    if (inputs.attention() == null) {
      return inputs.ids().length;
    }
    long count = 0;
    for (long real : inputs.attention()) {
      count += real;
    }
    return count;
  }
}
