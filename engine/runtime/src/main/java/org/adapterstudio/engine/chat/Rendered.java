package org.adapterstudio.engine.chat;

import java.util.List;

/**
 * A conversation as text.
 *
 * @param text as the model sees it
 * @param assistant the model's own parts: each answer with the token that ends its turn, in order
 */
public record Rendered(String text, List<Span> assistant) {
  public Rendered {
    assistant = List.copyOf(assistant);
  }
}
