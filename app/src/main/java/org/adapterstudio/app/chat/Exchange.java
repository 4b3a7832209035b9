package org.adapterstudio.app.chat;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;

/**
 * A prompt and its answers.
 *
 * @param adapted the adapter's answer; null where the base answered alone
 */
public record Exchange(String prompt, Answer base, Answer adapted) {
  /** Whether an answer is still coming. */
  BooleanBinding running() {
    return adapted == null
        ? Bindings.and(base.running(), base.running())
        : base.running().or(adapted.running());
  }

  /** Whether both sides ended and said the same, letter for letter. */
  BooleanBinding same() {
    return adapted == null
        ? Bindings.createBooleanBinding(() -> false)
        : base.text().isEqualTo(adapted.text()).and(base.text().isNotEmpty()).and(running().not());
  }
}
