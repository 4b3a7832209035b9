package org.adapterstudio.engine.method.convolution;

import ai.djl.ndarray.NDArray;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.LowRank;

/** How trained arrays make the change of a kernel, seen as the matrix [out, channels * h * w]. */
interface KernelUpdate {
  /** Trained arrays by their file suffix. */
  SequencedMap<String, NDArray> tensors();

  /** The change as a product of two matrices. */
  LowRank factors(Scope scope);

  /** The change [out, channels * h * w]. */
  default NDArray change(Scope scope) {
    LowRank product = factors(scope);
    return scope.call("low_rank_product", product.a(), product.b(), scope.scalar(product.s()));
  }
}
