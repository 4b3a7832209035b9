package org.adapterstudio.engine.model.pass;

import java.util.stream.LongStream;
import org.adapterstudio.contract.StudioException;

/**
 * Positions that predict a trained token.
 *
 * @param rows index into the flattened [B*S] hidden states
 * @param labels what each of them must predict
 */
public record Targets(long[] rows, long[] labels) {
  /** Label of a position that is not trained. */
  public static final long IGNORED = -100;

  /** Number of trained positions. */
  public int count() {
    return rows.length;
  }

  /** Shifted by one inside each row: position i predicts the label of i + 1. */
  public static Targets next(Tokens in, long[] labels) {
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

  /** Not shifted: each position predicts its own label. */
  public static Targets own(long[] labels) {
    var rows = LongStream.builder();
    var wanted = LongStream.builder();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != IGNORED) {
        rows.add(i);
        wanted.add(labels[i]);
      }
    }
    return new Targets(rows.build().toArray(), wanted.build().toArray());
  }

  /** The same, where every label must be one of so many classes. */
  public static Targets own(long[] labels, int classes) {
    Targets targets = own(labels);
    for (long label : targets.labels()) {
      if (label < 0 || label >= classes) {
        throw StudioException.badInput(
            "A label is " + label + ", but this model has " + classes + " classes.",
            "Give labels from 0 to " + (classes - 1) + ", or -100 where none is trained.");
      }
    }
    return targets;
  }
}
