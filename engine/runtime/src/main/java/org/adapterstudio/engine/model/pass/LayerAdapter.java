package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/** What stands in for a linear layer's forward while a method is attached to it. */
@FunctionalInterface
public interface LayerAdapter {
  /**
   * The layer's whole output, not a difference, so that methods that rescale or rotate fit.
   *
   * @param pass scope, parameters and randomness of this pass
   * @param site the layer
   * @param x input [..., in]; for a table the numbers of its rows [...]
   * @return output [..., out]
   */
  NDArray forward(Pass pass, Linear site, NDArray x);

  /**
   * Whether what a row gets depends on the other rows of the batch, those of padding included, so
   * that padding must hold the numbers it would hold anywhere else.
   */
  default boolean mixesRows() {
    return false;
  }

  /**
   * The dense change dW [out, in] in float32, where the method is one that merges; a convolution is
   * computed with it.
   */
  default Optional<NDArray> change(Pass pass) {
    return Optional.empty();
  }

  /** The update, where in this pass the layer is its frozen self plus a low-rank update. */
  default Optional<LowRank> lowRank(Pass pass) {
    return Optional.empty();
  }
}
