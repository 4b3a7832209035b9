package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;

/** Hears the states of a pass, named as transformers names them. */
@FunctionalInterface
public interface Tap {
  /** Hears nothing. */
  Tap NONE = (_, _) -> {};

  /**
   * Each block's input, then the final state.
   *
   * @param stack {@code hidden_states}, {@code encoder_hidden_states}, ...
   */
  void hear(String stack, NDArray state);
}
