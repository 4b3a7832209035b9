package org.adapterstudio.engine.model;

/**
 * A linear layer of a base: y = W x + b with W of shape [out, in].
 *
 * @param module name in the model, e.g. {@code model.layers.0.self_attn.q_proj}
 * @param layer number of its block; -1 outside blocks
 */
public record Linear(String module, int in, int out, boolean hasBias, int layer) {
  /** Name of W. */
  public String weight() {
    return module + ".weight";
  }

  /** Name of b. */
  public String bias() {
    return module + ".bias";
  }
}
