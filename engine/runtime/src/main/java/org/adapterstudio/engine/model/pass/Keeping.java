package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;

/** What a pass keeps of what its segments compute. */
sealed interface Keeping permits Keeping.Everything, Keeping.Outputs, Recomputed {
  /** Computes a segment. */
  NDArray segment(Pass pass, NDArray x, Segment segment);

  /** An array that several segments read beside their input. */
  default NDArray shared(Pass pass, NDArray array) {
    return array;
  }

  /** Passes gradients that arrived at the last segment's output back through all segments. */
  default void unwind() {}

  /** Everything, until the pass ends: gradients pass back without computing anything again. */
  record Everything() implements Keeping {
    @Override
    public NDArray segment(Pass pass, NDArray x, Segment segment) {
      return segment.forward(pass, x);
    }
  }

  /** Outputs alone: for passes that no gradient passes back through. */
  record Outputs() implements Keeping {
    @Override
    public NDArray segment(Pass pass, NDArray x, Segment segment) {
      try (Scope inner = Kernels.get().inference()) {
        return pass.scope().adopt(segment.forward(pass.within(inner), x));
      }
    }
  }
}
