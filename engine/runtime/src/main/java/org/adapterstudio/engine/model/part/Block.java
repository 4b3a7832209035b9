package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * One layer of a stack: attention, then the MLP, each around the residual stream.
 *
 * @param parallel whether both read the same input (GPT-NeoX) instead of one after the other
 */
public record Block(
    Residual attentionNorms, SelfAttention attention, Residual mlpNorms, Mlp mlp, boolean parallel)
    implements Part {
  @Override
  public void list(Inventory inventory) {
    inventory.add(attentionNorms);
    inventory.add(attention);
    inventory.add(mlpNorms);
    inventory.add(mlp);
  }

  /** The stream [B, S, D] after this layer. */
  public NDArray forward(Pass pass, Frame frame, NDArray h) {
    if (parallel) {
      return side(pass, frame, pass.cut(h));
    }
    NDArray seen = attentionNorms.around(pass, h, x -> attention.forward(pass, frame, x));
    return mlpNorms.around(pass, seen, x -> mlp.forward(pass, x));
  }

  private NDArray side(Pass pass, Frame frame, NDArray h) {
    Scope scope = pass.scope();
    NDArray seen = attentionNorms.branch(pass, h, x -> attention.forward(pass, frame, x));
    NDArray thought = mlpNorms.branch(pass, h, x -> mlp.forward(pass, x));
    return scope.call("add", scope.call("add", thought, seen), h);
  }
}
