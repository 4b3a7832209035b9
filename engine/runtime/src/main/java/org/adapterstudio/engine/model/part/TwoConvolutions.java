package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/** Two convolutions one after another, a SiLU (arXiv:1606.08415) after each. */
public record TwoConvolutions(Linear first, Linear second) implements Part {
  /** Kernels of 3 x 3 that keep a picture's size. */
  public static TwoConvolutions of(String first, String second, int in, int out, int layer) {
    return new TwoConvolutions(around(first, in, out, layer), around(second, out, out, layer));
  }

  /** A kernel of 3 x 3 that keeps a picture's size. */
  static Linear around(String name, int in, int out, int layer) {
    return Linear.convolution(name, Linear.Window.around(in, 3), out, true, layer);
  }

  @Override
  public void list(Inventory inventory) {
    inventory.place(first);
    inventory.place(second);
  }

  /** Pictures [B, out, H, W] of pictures [B, in, H, W]. */
  public NDArray of(Pass pass, NDArray x) {
    NDArray h = pass.scope().call("silu", pass.convolved(first, x));
    return pass.scope().call("silu", pass.convolved(second, h));
  }
}
