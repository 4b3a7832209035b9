package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;

/**
 * Segments of one pass that keep only their inputs and are computed again, last first, when
 * gradients pass back (arXiv:1604.06174). Dropout draws the same numbers both times because each
 * draw is seeded by its place.
 *
 * @param tape of the pass, on which the segments stand
 */
record Recomputed(Tape tape) implements Keeping {
  @Override
  public NDArray segment(Pass pass, NDArray x, Segment segment) {
    NDArray y;
    try (Scope inner = Kernels.get().unrecorded()) {
      // With a tape, though none will walk it: the same kernels both times give the same numbers.
      var unused = Optional.of(new Tape(inner));
      y = pass.scope().adopt(segment.forward(pass.within(inner, unused), x));
    }
    Autograd.require(y, true);
    tape.onBackward(() -> again(pass, x, y, segment));
    return y;
  }

  private static void again(Pass pass, NDArray x, NDArray y, Segment segment) {
    try (Scope inner = Kernels.get().training()) {
      var arrived = Autograd.arrived(inner, y);
      y.close();
      if (arrived.isEmpty()) {
        return;
      }
      boolean passes = Autograd.passes(inner, x);
      NDArray input = passes ? Autograd.leaf(inner, x) : x;
      var tape = new Tape(inner);
      NDArray output = segment.forward(pass.within(inner, Optional.of(tape)), input);
      tape.backward(output, arrived.get());
      if (passes) {
        Autograd.arrived(inner, input).ifPresent(gradient -> Autograd.backward(x, gradient));
      }
    }
  }
}
