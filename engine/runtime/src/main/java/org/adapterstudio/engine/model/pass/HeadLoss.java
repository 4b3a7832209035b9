package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;

/**
 * The loss of a frozen head on a tape. Some rows at a time go through the head, into their loss and
 * back, so that only the gradient of the head's input is kept: of a loss that is a sum, every
 * part's gradient is known before the rest is computed.
 */
final class HeadLoss {
  private final Pass pass;
  private final Linear head;

  HeadLoss(Pass pass, Linear head) {
    this.pass = pass;
    this.head = head;
  }

  /** The sum over all rows of h, which was cut. */
  NDArray of(NDArray h, NDArray labels, double softCap) {
    Tape tape = pass.tape().orElseThrow();
    Scope scope = pass.scope().unrecorded();
    Optional<PackedWeight> packed = pass.weights().base().packed(head);
    NDArray cap = scope.scalar(softCap);
    NDArray fast = scope.scalar(packed.isPresent() ? 1 : 0);
    List<NDArray> both;
    try (Lent w = pass.weight(head)) {
      var weights =
          packed.map(p -> List.of(p.forward(), p.backward())).orElseGet(() -> List.of(w.array()));
      both = scope.callAll("head_loss", List.of(weights), h, labels, cap, fast);
    }
    NDArray sum = tape.leaf(both.getFirst());
    NDArray d = tape.keep(both.getLast());
    tape.onBackward(
        () -> {
          if (tape.wanted(h)) {
            tape.add(h, tape.scope().call("mul", d, tape.gradient(sum)));
          }
          d.close();
        });
    return sum;
  }
}
