package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;

/**
 * A table with one vector for each position.
 *
 * @param name of its module
 * @param rows positions it has, the offset's unused ones included
 * @param offset row of the first position
 * @param count how positions are counted
 * @param padding the padding token where it is not counted
 */
public record LearnedPositions(
    String name, int rows, int size, int offset, Count count, int padding) {
  /** How positions are counted. */
  public enum Count {
    /** 0, 1, 2, ... over all tokens. */
    ALL,
    /** Over tokens whose attention is 1 (OPT). */
    ATTENDED,
    /** Over tokens other than the padding token, which stays at the padding row (RoBERTa). */
    NOT_PADDING
  }

  /** Name of the table. */
  public String weight() {
    return name + ".weight";
  }

  /** Vectors of the tokens' positions [B or 1, S, D]. */
  NDArray of(Pass pass, Tokens in, int past) {
    boolean shared = count == Count.ALL && in.positions() == null;
    int counted = shared ? 1 : in.rows();
    long[] index = new long[counted * in.length()];
    for (int row = 0; row < counted; row++) {
      fill(in, row, past, index);
    }
    NDArray ids = pass.scope().longs(index, counted, in.length());
    return pass.scope().call("embed", ids, pass.parameter(weight()));
  }

  private void fill(Tokens in, int row, int past, long[] index) {
    long next = past;
    for (int i = 0; i < in.length(); i++) {
      int at = row * in.length() + i;
      boolean counts = counts(in, at);
      long position = in.positions() != null ? in.positions()[at] : next;
      index[at] = counts ? position + offset : offset - 1L;
      next += counts ? 1 : 0;
      if (index[at] >= rows) {
        throw StudioException.badInput(
            "The text has more than the "
                + (rows - offset)
                + " tokens this model has positions for.",
            "Use shorter rows (data.max_length).");
      }
    }
  }

  private boolean counts(Tokens in, int at) {
    return switch (count) {
      case ALL -> true;
      case ATTENDED -> in.attention() == null || in.attention()[at] == 1;
      case NOT_PADDING -> in.ids()[at] != padding;
    };
  }
}
