package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * One layer of a stack: attention, in a decoder that looks at an encoder attention to that, then
 * the MLP, each around the residual stream.
 *
 * @param cross a decoder's look at its encoder
 * @param parallel whether both read the same input (GPT-NeoX) instead of one after the other
 */
public record Block(
    Residual attentionNorms,
    SelfAttention attention,
    Optional<Cross> cross,
    Residual mlpNorms,
    Mlp mlp,
    boolean parallel)
    implements Part {
  /** Attention to an encoder's states, and its norms. */
  public record Cross(Residual norms, CrossAttention attention) implements Part {
    @Override
    public void list(Inventory inventory) {
      inventory.add(norms);
      inventory.add(attention);
    }
  }

  @Override
  public void list(Inventory inventory) {
    inventory.add(attentionNorms);
    inventory.add(attention);
    inventory.add(cross);
    inventory.add(mlpNorms);
    inventory.add(mlp);
  }

  /** The stream [B, S, D] after this layer. */
  public NDArray forward(Pass pass, Frame frame, NDArray h) {
    if (parallel) {
      return side(pass, frame, pass.shared(h));
    }
    NDArray seen = attentionNorms.around(pass, h, x -> attention.forward(pass, frame, x));
    NDArray looked = cross.map(slot -> look(slot, pass, frame, seen)).orElse(seen);
    return mlpNorms.around(pass, looked, x -> mlp.forward(pass, x));
  }

  private static NDArray look(Cross slot, Pass pass, Frame frame, NDArray h) {
    return slot.norms().around(pass, h, x -> slot.attention().forward(pass, frame.memory(), x));
  }

  private NDArray side(Pass pass, Frame frame, NDArray h) {
    Scope scope = pass.scope();
    NDArray seen = attentionNorms.branch(pass, h, x -> attention.forward(pass, frame, x));
    NDArray thought = mlpNorms.branch(pass, h, x -> mlp.forward(pass, x));
    return scope.call("add", scope.call("add", thought, seen), h);
  }
}
