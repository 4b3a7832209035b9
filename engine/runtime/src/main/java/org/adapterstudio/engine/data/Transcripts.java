package org.adapterstudio.engine.data;

import java.util.Arrays;
import java.util.List;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/**
 * Texts as the ids that a decoder learns to say.
 *
 * @param start token that the decoder starts with; where the tokenizer puts it before a text it is
 *     left out, because the decoder is given it
 * @param maxLength most tokens of a text
 */
public record Transcripts(Tokenizer tokenizer, int start, int maxLength) {
  /**
   * A text as tokens.
   *
   * @param ids with the end token, unless they were cut
   * @param fullLength tokens before cutting
   */
  public record Said(int[] ids, int fullLength) {}

  /** Encodes and cuts. */
  public Said encode(String text) {
    int[] ids = tokenizer.encode(text, true);
    int from = ids.length > 0 && ids[0] == start ? 1 : 0;
    List<Integer> ends = tokenizer.specials().eosIds();
    boolean open = !ends.isEmpty() && (ids.length == 0 || !ends.contains(ids[ids.length - 1]));
    int[] said = Arrays.copyOfRange(ids, from, ids.length + (open ? 1 : 0));
    if (open) {
      said[said.length - 1] = ends.getFirst();
    }
    return new Said(Arrays.copyOf(said, Math.min(said.length, maxLength)), said.length);
  }

  /** Labels [texts, longest], -100 where a text is filled up. */
  public static long[] labels(List<Said> texts) {
    int length = texts.stream().mapToInt(text -> text.ids().length).max().orElse(0);
    long[] labels = new long[Math.multiplyExact(texts.size(), length)];
    Arrays.fill(labels, EncodedRow.NOT_TRAINED);
    for (int row = 0; row < texts.size(); row++) {
      int[] ids = texts.get(row).ids();
      for (int i = 0; i < ids.length; i++) {
        labels[row * length + i] = ids[i];
      }
    }
    return labels;
  }
}
