package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.Deque;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;

/**
 * Segments of one pass that keep only their inputs and are computed again, last first, when
 * gradients pass back (arXiv:1604.06174). Dropout draws the same numbers both times because each
 * draw is seeded by its place. One of these serves one backward pass.
 */
final class Recomputed implements Keeping {
  private final Deque<Runnable> returns = new ArrayDeque<>();

  @Override
  public NDArray segment(Pass pass, NDArray x, Segment segment) {
    NDArray y;
    try (Scope inner = Kernels.get().unrecorded()) {
      y = pass.scope().adopt(segment.forward(pass.within(inner), x));
    }
    Autograd.require(y, true);
    returns.push(() -> again(pass, x, y, segment));
    return y;
  }

  /**
   * An array that several segments read, cut from what made it, so that its gradient gathers before
   * it passes on.
   */
  @Override
  public NDArray shared(Pass pass, NDArray array) {
    if (!Autograd.passes(array)) {
      return array;
    }
    NDArray leaf = Autograd.leaf(pass.scope(), array);
    returns.push(() -> pass(leaf, array));
    return leaf;
  }

  @Override
  public void unwind() {
    while (!returns.isEmpty()) {
      returns.pop().run();
    }
  }

  private static void again(Pass pass, NDArray x, NDArray y, Segment segment) {
    try (Scope inner = Kernels.get().training()) {
      var arrived = Autograd.arrived(inner, y);
      y.close();
      if (arrived.isEmpty()) {
        return;
      }
      boolean passes = Autograd.passes(x);
      NDArray input = passes ? Autograd.leaf(inner, x) : x;
      NDArray output = segment.forward(pass.within(inner), input);
      Autograd.backward(output, arrived.get());
      if (passes) {
        pass(input, x);
      }
    }
  }

  private static void pass(NDArray leaf, NDArray source) {
    try (Scope work = Kernels.get().training()) {
      Autograd.arrived(work, leaf).ifPresent(gradient -> Autograd.backward(source, gradient));
    }
  }
}
