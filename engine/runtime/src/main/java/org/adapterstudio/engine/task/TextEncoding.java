package org.adapterstudio.engine.task;

import java.util.Arrays;
import java.util.List;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tokenizer.Segments;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/**
 * Texts, alone or in pairs, as an encoder takes them: the tokenizer's own special tokens around
 * them, which stay where text is cut.
 */
public record TextEncoding(Tokenizer tokenizer, int maxLength) {
  /**
   * One text's tokens.
   *
   * @param types sentence number of each token
   * @param fullLength tokens before cutting
   */
  public record Text(int[] ids, int[] types, int fullLength) {
    boolean cut() {
      return fullLength > ids.length;
    }
  }

  /** Encodes and cuts. */
  public Text encode(String text, String pair) {
    Segments whole = tokenizer.encodeSegments(text, pair);
    int full = whole.ids().length;
    Segments kept = full > maxLength ? whole.cut(maxLength) : whole;
    return new Text(kept.ids(), kept.types(), full);
  }

  /** Rows filled up on the right to the longest. */
  public Tokens join(List<Text> texts) {
    int length = texts.stream().mapToInt(text -> text.ids().length).max().orElse(1);
    long[] ids = new long[texts.size() * length];
    long[] attention = new long[ids.length];
    long[] types = new long[ids.length];
    Arrays.fill(ids, tokenizer.specials().padId());
    for (int row = 0; row < texts.size(); row++) {
      Text text = texts.get(row);
      for (int i = 0; i < text.ids().length; i++) {
        ids[row * length + i] = text.ids()[i];
        types[row * length + i] = text.types()[i];
        attention[row * length + i] = 1;
      }
    }
    boolean padded = Arrays.stream(attention).anyMatch(real -> real == 0);
    return Tokens.of(ids, texts.size()).masked(padded ? attention : null).typed(types);
  }
}
