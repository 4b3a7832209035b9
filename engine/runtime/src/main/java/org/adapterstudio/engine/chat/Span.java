package org.adapterstudio.engine.chat;

/**
 * Characters of a text, as UTF-16 indices.
 *
 * @param start first character
 * @param end after the last character
 */
public record Span(int start, int end) {
  /** Whether the characters from..to share at least one with this span. */
  public boolean overlaps(int from, int to) {
    return from < end && to > start;
  }
}
