package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.model.pass.Pass;

/** Answers in the making, one a row; what was computed of them is kept for the next token. */
public interface Draft {
  /** The tokens [rows, n] that come before the first new ones, row by row. */
  long[] beginning();

  /**
   * Logits [rows, V] of what follows some tokens.
   *
   * @param tokens [rows, n] that were not given before
   */
  NDArray next(Pass pass, long[] tokens);
}
