package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** What a method puts before the rows of a decoder, or beside its attention. */
public sealed interface Prompt {
  /** Positions it takes before every row. */
  int length();

  /** Positions of these that stand before the words, so that they have outputs of their own. */
  default int words() {
    return 0;
  }

  /**
   * Vectors that stand before the words of every row.
   *
   * @param rows [n, D]
   */
  record Vectors(int length, Rows rows) implements Prompt {
    @Override
    public int words() {
      return length;
    }
  }

  /**
   * Keys and values that every layer finds before its own.
   *
   * @param rows of each layer [n, 2 * G * E], the keys first
   */
  record KeysAndValues(int length, RowsOfLayer rows) implements Prompt {}

  /** Vectors that some layers attend to beside the row, by the layers' numbers. */
  record Beside(Map<Integer, Gate> layers) implements Prompt {
    @Override
    public int length() {
      return 0;
    }
  }

  /**
   * @param vectors [1, n, D]
   * @param gate [1] what the attention to them is multiplied with
   */
  record Gate(NDArray vectors, NDArray gate) {}

  /** Vectors, computed in a pass so that gradients reach what they are made of. */
  @FunctionalInterface
  interface Rows {
    /** The vectors. */
    NDArray of(Pass pass);
  }

  /** The same for each layer. */
  @FunctionalInterface
  interface RowsOfLayer {
    /** The numbers of a layer. */
    NDArray of(Pass pass, int layer);
  }
}
