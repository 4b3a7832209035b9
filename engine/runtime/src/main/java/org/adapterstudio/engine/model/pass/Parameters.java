package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;

/** Frozen parameters by name. */
public interface Parameters {
  /** A parameter that stays in memory in the compute type. */
  NDArray parameter(String name);

  /**
   * A parameter in the compute type for one use; where it does not stay in memory so, it is made in
   * the scope. Gradients that pass through it keep it until they have.
   */
  Lent lend(Scope scope, String name);

  /** A layer's weight prepared for products with many rows; empty where none was prepared. */
  default Optional<PackedWeight> packed(Linear site) {
    return Optional.empty();
  }

  /** Whether there is one of this name. */
  boolean has(String name);

  /** The type the forward pass works in: float32, bfloat16 or float16. */
  String compute();
}
