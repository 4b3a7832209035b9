package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;

/**
 * A weight for one use. What was decoded, converted or moved for it goes at its close; what stays
 * in memory anyway stays.
 *
 * @param temporary whether the array was made for this use
 */
public record Lent(NDArray array, boolean temporary) implements AutoCloseable {
  /** An array that is there anyway. */
  public static Lent resident(NDArray array) {
    return new Lent(array, false);
  }

  @Override
  public void close() {
    if (temporary) {
      array.close();
    }
  }
}
