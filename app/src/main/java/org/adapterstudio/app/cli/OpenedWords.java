package org.adapterstudio.app.cli;

import java.util.Optional;
import org.adapterstudio.contract.serve.Reply;

/** How a base was opened, in a sentence, where it is not simply the base whole. */
final class OpenedWords {
  private static final String WHOLE = "none";

  private OpenedWords() {}

  static Optional<String> of(Reply.Opened opened) {
    boolean whole = opened.quantization().equals(WHOLE);
    if (opened.differs()) {
      return Optional.of(
          "The base is held %s; the adapter was trained on it %s, so its answers are not the run's."
              .formatted(held(opened.quantization()), held(opened.trainedOn())));
    }
    if (opened.trainedOn() != null) {
      return whole
          ? Optional.empty()
          : Optional.of(
              "The base is held %s, as the adapter was trained on it."
                  .formatted(held(opened.quantization())));
    }
    return opened.adapter() == null
        ? alone(opened, whole)
        : Optional.of(
            "The adapter%s does not say how its base was held; it is held %s here%s."
                .formatted(
                    opened.madeFor().isEmpty() ? "" : " was made for " + opened.madeFor() + " and",
                    held(opened.quantization()),
                    whole ? " (--quantization chooses)" : ""));
  }

  private static Optional<String> alone(Reply.Opened opened, boolean whole) {
    return whole
        ? Optional.empty()
        : Optional.of("The base is held %s.".formatted(held(opened.quantization())));
  }

  private static String held(String quantization) {
    return quantization.equals(WHOLE) ? "whole" : "in " + quantization;
  }
}
