package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.Part;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * From the stream to a logit for each token.
 *
 * @param output tied to the word table or with a weight of its own
 * @param scale that hidden states are multiplied with (T5's tied head: D^-0.5); 1 leaves them
 * @param softCap c of c tanh(x / c) over the logits (Gemma 2); 0 is none
 */
public record LanguageHead(Linear output, double scale, double softCap) implements Part {
  @Override
  public void list(Inventory inventory) {
    inventory.linear(output);
  }

  /**
   * Sum of the cross-entropies.
   *
   * @param hidden [N, D]
   * @param labels [N]
   */
  public NDArray loss(Pass pass, NDArray hidden, NDArray labels) {
    return pass.headLoss(output, scaled(pass.scope(), hidden), labels, softCap)
        .orElseGet(() -> pass.scope().call("cross_entropy_sum", logits(pass, hidden), labels));
  }

  private NDArray scaled(Scope scope, NDArray hidden) {
    return scale == 1 ? hidden : scope.call("scale", hidden, scope.scalar(scale));
  }

  /** Logits [..., V] of hidden states [..., D]. */
  public NDArray logits(Pass pass, NDArray hidden) {
    Scope scope = pass.scope();
    NDArray logits = pass.linear(output, scaled(scope, hidden));
    return softCap == 0 ? logits : scope.call("soft_cap", logits, scope.scalar(softCap));
  }
}
