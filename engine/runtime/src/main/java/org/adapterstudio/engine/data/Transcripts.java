package org.adapterstudio.engine.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.adapterstudio.engine.tokenizer.Tokenizer;

/**
 * Texts as the ids that a decoder learns to say.
 *
 * @param start token that the decoder starts with; where the tokenizer puts it before a text it is
 *     left out, because the decoder is given it
 * @param opening tokens that stand before every text in place of those of the tokenizer; empty
 *     leaves the tokenizer's own
 * @param maxLength most tokens of a text
 */
public record Transcripts(Tokenizer tokenizer, int start, List<Integer> opening, int maxLength) {
  public Transcripts {
    opening = List.copyOf(opening);
  }

  /** Texts with the tokenizer's own special tokens. */
  public Transcripts(Tokenizer tokenizer, int start, int maxLength) {
    this(tokenizer, start, List.of(), maxLength);
  }

  /**
   * A text as tokens.
   *
   * @param ids with the end token, unless they were cut
   * @param fullLength tokens before cutting
   */
  public record Said(int[] ids, int fullLength) {}

  /** Encodes and cuts. */
  public Said encode(String text) {
    int[] ids = opening.isEmpty() ? tokenizer.encode(text, true) : opened(text);
    int from = ids.length > 0 && ids[0] == start ? 1 : 0;
    List<Integer> ends = tokenizer.specials().eosIds();
    boolean open = !ends.isEmpty() && (ids.length == 0 || !ends.contains(ids[ids.length - 1]));
    int[] said = Arrays.copyOfRange(ids, from, ids.length + (open ? 1 : 0));
    if (open) {
      said[said.length - 1] = ends.getFirst();
    }
    return new Said(Arrays.copyOf(said, Math.min(said.length, maxLength)), said.length);
  }

  private int[] opened(String text) {
    return IntStream.concat(
            opening.stream().mapToInt(Integer::intValue),
            Arrays.stream(tokenizer.encode(text, false)))
        .toArray();
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
