package org.adapterstudio.engine.model.network;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.model.part.Inventory;
import org.adapterstudio.engine.model.part.Part;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * From the stream to a logit for each token.
 *
 * @param output tied to the word table or with a weight of its own
 * @param softCap c of c tanh(x / c) over the logits (Gemma 2); 0 is none
 */
public record LanguageHead(Linear output, double softCap) implements Part {
  @Override
  public void list(Inventory inventory) {
    inventory.linear(output);
  }

  /** Logits [..., V] of hidden states [..., D]. */
  public NDArray logits(Pass pass, NDArray hidden) {
    NDArray logits = pass.linear(output, hidden);
    return softCap == 0
        ? logits
        : pass.scope().call("soft_cap", logits, pass.scope().scalar(softCap));
  }
}
