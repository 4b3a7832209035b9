package org.adapterstudio.engine.model;

import java.util.stream.LongStream;

/**
 * Positions that predict a trained token.
 *
 * @param rows index into the flattened [B*S] hidden states
 * @param labels the token each of them must predict
 */
record Targets(long[] rows, long[] labels) {
  /** Label of a position that is not trained. */
  static final long IGNORED = -100;

  /** Shifts by one inside each row: position i predicts the label of i + 1. */
  static Targets of(Inputs in, long[] labels) {
    var rows = LongStream.builder();
    var wanted = LongStream.builder();
    for (int row = 0; row < in.rows(); row++) {
      for (int i = 0; i + 1 < in.length(); i++) {
        int next = row * in.length() + i + 1;
        boolean sameText = in.segments() == null || in.segments()[next] == in.segments()[next - 1];
        if (labels[next] != IGNORED && sameText) {
          rows.add(next - 1);
          wanted.add(labels[next]);
        }
      }
    }
    return new Targets(rows.build().toArray(), wanted.build().toArray());
  }
}
