package org.adapterstudio.engine.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Tokens;

/**
 * Examples with labels, as the trainer takes them.
 *
 * @param inputs of the pass
 * @param labels as the network takes them: [rows, length] with -100 where not trained, or [rows]
 * @param lines of the data file they stand on, for messages
 */
public record Rows(Inputs inputs, long[] labels, int[] lines) {
  /** Real tokens, prompts included; for images and sound, the examples. */
  public long tokens() {
    Tokens tokens = inputs.tokens();
    if (tokens == null) {
      return inputs.rows();
    }
    return tokens.attention() == null
        ? tokens.ids().length
        : LongStream.of(tokens.attention()).sum();
  }

  /** Each example by itself; none where examples, rows and lines are not one to one. */
  public List<Rows> apart() {
    int rows = inputs.rows();
    if (rows != lines.length || inputs.decoder() != null || labels.length % rows != 0) {
      return List.of();
    }
    return IntStream.range(0, rows).mapToObj(this::row).toList();
  }

  private Rows row(int row) {
    int width = labels.length / lines.length;
    return new Rows(
        inputs.row(row),
        Arrays.copyOfRange(labels, row * width, (row + 1) * width),
        new int[] {lines[row]});
  }
}
