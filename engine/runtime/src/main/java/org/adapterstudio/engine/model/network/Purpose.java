package org.adapterstudio.engine.model.network;

import java.util.List;

/**
 * What a network is to be used for, where that may differ from what its folder was saved for.
 *
 * @param labels names of the classes, in the order of the logits; empty but for classification
 */
public record Purpose(Head head, List<String> labels) {
  /** What stands at the end of a network. */
  public enum Head {
    /** What config.json names. */
    AS_STORED,
    /** A logit for each class. */
    CLASSIFICATION,
    /** A logit for each token of the vocabulary, at hidden places. */
    MASKED_LANGUAGE
  }

  /** The folder's own head. */
  public static final Purpose AS_STORED = new Purpose(Head.AS_STORED, List.of());

  public Purpose {
    labels = List.copyOf(labels);
  }

  /** A head for these classes. */
  public static Purpose classification(List<String> labels) {
    return new Purpose(Head.CLASSIFICATION, labels);
  }
}
