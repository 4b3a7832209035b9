package org.adapterstudio.app.cli;

import java.util.Optional;

/** Ends a command early with a code of its own, and a sentence where something is left to say. */
final class Ended extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int code;

  Ended(int code, String sentence) {
    super(sentence);
    this.code = code;
  }

  int code() {
    return code;
  }

  Optional<String> sentence() {
    return Optional.ofNullable(getMessage()).filter(text -> !text.isEmpty());
  }
}
