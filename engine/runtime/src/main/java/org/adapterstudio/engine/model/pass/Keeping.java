package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;

/** What a pass keeps of what its segments compute. */
sealed interface Keeping permits Keeping.Everything, Keeping.Outputs, Recomputed {
  /** Computes a segment. */
  NDArray segment(Pass pass, NDArray x, Segment segment);

  /** Everything, until the pass ends: gradients pass back without computing anything again. */
  record Everything() implements Keeping {
    @Override
    public NDArray segment(Pass pass, NDArray x, Segment segment) {
      if (pass.tape().isEmpty()) {
        return segment.forward(pass, x);
      }
      // What neither the tape nor a graph keeps goes at the segment's end.
      try (Scope inner = pass.scope().stretch()) {
        return pass.scope().adopt(segment.forward(pass.within(inner, pass.tape()), x));
      }
    }
  }

  /** Outputs alone: for passes that no gradient passes back through. */
  record Outputs() implements Keeping {
    @Override
    public NDArray segment(Pass pass, NDArray x, Segment segment) {
      try (Scope inner = Kernels.get().inference()) {
        return pass.scope().adopt(segment.forward(pass.within(inner, Optional.empty()), x));
      }
    }
  }
}
