package org.adapterstudio.engine.model.pass;

import java.util.Optional;

/**
 * A linear layer of a base: y = W x + b with W of shape [out, in].
 *
 * @param module name in the model, e.g. {@code model.layers.0.self_attn.q_proj}
 * @param layer number of its block; -1 outside blocks
 * @param transposed whether the file keeps W as [in, out], as GPT-2's Conv1D does
 * @param shares parameter that stands in for W where the layer has none of its own (a tied head)
 */
public record Linear(
    String module,
    int in,
    int out,
    boolean hasBias,
    int layer,
    boolean transposed,
    Optional<String> shares) {
  /** A layer that keeps W of its own as [out, in]. */
  public static Linear of(String module, int in, int out, boolean hasBias, int layer) {
    return new Linear(module, in, out, hasBias, layer, false, Optional.empty());
  }

  /** Name of W. */
  public String weight() {
    return module + ".weight";
  }

  /** Name of b. */
  public String bias() {
    return module + ".bias";
  }

  /** The parameter of a base that is its W: its own, or the shared one. */
  public String weightIn(Parameters base) {
    return base.has(weight()) ? weight() : shares.orElse(weight());
  }

  /** Shape of W in the file. */
  public long[] shape() {
    return transposed ? new long[] {in, out} : new long[] {out, in};
  }
}
