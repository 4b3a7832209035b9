package org.adapterstudio.engine.tokenizer;

import java.util.stream.IntStream;

/**
 * One or two texts as one row of token ids.
 *
 * @param ids of the tokens
 * @param types {@code token_type_ids}: the segment that the model is told
 * @param special 1 where the tokenizer put a token of its own, 0 where a token stands for text
 * @param texts 0 for tokens of the first text, 1 for those of the second; meaningless for special
 *     ones
 */
public record Segments(int[] ids, int[] types, int[] special, int[] texts) {
  /** Tokens of one of the texts. */
  private int count(int text) {
    return (int) positions().filter(i -> special[i] == 0 && texts[i] == text).count();
  }

  private IntStream positions() {
    return IntStream.range(0, ids.length);
  }

  /**
   * At most so many tokens: text is cut from its end, of two texts the longer one first, special
   * tokens stay (Hugging Face's truncation "longest_first").
   */
  public Segments cut(int length) {
    int first = count(0);
    int second = count(1);
    int room = Math.max(0, length - (ids.length - first - second));
    int[] kept = second == 0 ? new int[] {Math.min(first, room), 0} : shares(first, second, room);
    int[] left = kept.clone();
    int[] stay = positions().filter(i -> special[i] == 1 || left[texts[i]]-- > 0).toArray();
    return new Segments(pick(ids, stay), pick(types, stay), pick(special, stay), pick(texts, stay));
  }

  private static int[] shares(int first, int second, int room) {
    if (first + second <= room) {
      return new int[] {first, second};
    }
    int shorter = Math.min(first, second);
    int longer = Math.max(shorter, room - shorter);
    if (shorter + longer > room) {
      shorter = room / 2;
      longer = shorter + room % 2;
    }
    return first <= second ? new int[] {shorter, longer} : new int[] {longer, shorter};
  }

  private static int[] pick(int[] values, int[] positions) {
    return IntStream.of(positions).map(i -> values[i]).toArray();
  }
}
