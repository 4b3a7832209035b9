package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.function.Consumer;
import org.adapterstudio.engine.model.part.Frame;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.Norm;
import org.adapterstudio.engine.model.part.Part;
import org.adapterstudio.engine.model.part.Stack;
import org.adapterstudio.engine.model.part.TokenEmbedding;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;

/**
 * Text in, one vector for each row out: that of the token which ends it.
 *
 * @param stack without a norm at its end
 * @param last the norm after it
 * @param end the token that ends a text, by the config
 */
public record TextTower(TokenEmbedding embedding, Stack stack, Norm last, int end) implements Part {
  /**
   * What configs of the first CLIP models say, though their text ends with the token of the highest
   * number. transformers reads it so to this day.
   */
  private static final int FORMER_END = 2;

  @Override
  public void list(Inventory inventory) {
    inventory.add(embedding);
    inventory.add(stack);
    inventory.add(last);
  }

  /** One vector [B, D] for each row. */
  NDArray pooled(Pass pass, Tokens in, Consumer<NDArray> tap) {
    Frame frame = Frame.causal(pass, in, null);
    NDArray h = stack.forward(pass, frame, embedding.of(pass, in, 0), tap);
    NDArray ends = pass.scope().longs(ends(in), in.rows());
    return last.of(pass, pass.scope().call("pick_rows", h, ends));
  }

  /** Index of each row's end into the flattened rows. */
  private long[] ends(Tokens in) {
    long[] ends = new long[in.rows()];
    for (int row = 0; row < ends.length; row++) {
      int start = row * in.length();
      long[] ids = Arrays.copyOfRange(in.ids(), start, start + in.length());
      ends[row] = start + (end == FORMER_END ? firstHighest(ids) : firstEnd(ids));
    }
    return ends;
  }

  private static int firstHighest(long[] ids) {
    int highest = 0;
    for (int i = 1; i < ids.length; i++) {
      highest = ids[i] > ids[highest] ? i : highest;
    }
    return highest;
  }

  /** As in transformers, a row without an end is read at its first token. */
  private int firstEnd(long[] ids) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == end) {
        return i;
      }
    }
    return 0;
  }
}
