package org.adapterstudio.engine.tokenizer;

import java.util.Arrays;

/**
 * Turns ids that come one by one into text, giving out only what later ids cannot change: whole
 * characters, with the spaces that the tokenizer puts between words. Not for several threads.
 */
public final class StreamingDecoder {
  private static final char REPLACEMENT = '\uFFFD';

  private final Tokenizer tokenizer;
  private final boolean skipSpecial;
  private int[] ids = new int[16];
  private int size;
  // Ids from prefix on are decoded; text up to read is already given out. Decoding from a little
  // before the new ids keeps the space that a tokenizer drops at the start of a text.
  private int prefix;
  private int read;

  StreamingDecoder(Tokenizer tokenizer, boolean skipSpecial) {
    this.tokenizer = tokenizer;
    this.skipSpecial = skipSpecial;
  }

  /** Takes the next id; the answer is the text that became certain, often empty. */
  public String next(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
    String before = text(prefix, read);
    String now = text(prefix, size);
    if (now.length() <= before.length() || now.charAt(now.length() - 1) == REPLACEMENT) {
      return "";
    }
    prefix = read;
    read = size;
    return now.substring(before.length());
  }

  /** What is still held back at the end, incomplete characters included. */
  public String finish() {
    String before = text(prefix, read);
    String now = text(prefix, size);
    prefix = size;
    read = size;
    return now.length() > before.length() ? now.substring(before.length()) : "";
  }

  private String text(int from, int to) {
    return from == to ? "" : tokenizer.decode(Arrays.copyOfRange(ids, from, to), skipSpecial);
  }
}
