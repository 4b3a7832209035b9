package org.adapterstudio.engine.model.pass;

import org.adapterstudio.engine.tensor.Values;

/**
 * Everything one pass is given. A network reads what its kind needs and names what is missing.
 *
 * @param tokens {@code input_ids} with their masks; null for images and sound
 * @param decoder {@code decoder_input_ids} of an encoder-decoder; null shifts the labels
 * @param dense {@code pixel_values} [B, C, H, W] or {@code input_features} [B, mel, T]; else null
 */
public record Inputs(Tokens tokens, Tokens decoder, Values dense) {
  /** Text alone. */
  public static Inputs of(Tokens tokens) {
    return new Inputs(tokens, null, null);
  }

  /** Pictures or sound alone. */
  public static Inputs of(Values dense) {
    return new Inputs(null, null, dense);
  }

  /** Number of examples. */
  public int rows() {
    return tokens != null ? tokens.rows() : (int) dense.shape()[0];
  }
}
