package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/** The pointwise half of a block. */
public sealed interface Mlp extends Part {
  /** Output [B, S, D] for normed input [B, S, D]. */
  NDArray forward(Pass pass, NDArray x);

  /** down(act(gate x) * up x). */
  record Gated(Linear gate, Linear up, Linear down, Activation activation) implements Mlp {
    @Override
    public void list(Inventory inventory) {
      inventory.linear(gate);
      inventory.linear(up);
      inventory.linear(down);
    }

    @Override
    public NDArray forward(Pass pass, NDArray x) {
      List<NDArray> both = pass.linears(List.of(gate, up), x);
      return pass.linearAlone(down, activation.gated(pass, both.getFirst(), both.getLast()));
    }
  }

  /** The same with gate and up stacked in one layer, the gate first. */
  record FusedGated(Linear gateUp, Linear down, Activation activation) implements Mlp {
    @Override
    public void list(Inventory inventory) {
      inventory.linear(gateUp);
      inventory.linear(down);
    }

    @Override
    public NDArray forward(Pass pass, NDArray x) {
      Scope scope = pass.scope();
      NDArray both = pass.linear(gateUp, x);
      NDArray gate = scope.call("columns", both, scope.sizes(0, down.in()));
      NDArray up = scope.call("columns", both, scope.sizes(down.in(), gateUp.out()));
      return pass.linearAlone(down, activation.gated(pass, gate, up));
    }
  }

  /** second(act(first x)). */
  record Plain(Linear first, Linear second, Activation activation) implements Mlp {
    @Override
    public void list(Inventory inventory) {
      inventory.linear(first);
      inventory.linear(second);
    }

    @Override
    public NDArray forward(Pass pass, NDArray x) {
      return pass.linear(second, activation.of(pass.scope(), pass.linear(first, x)));
    }
  }
}
