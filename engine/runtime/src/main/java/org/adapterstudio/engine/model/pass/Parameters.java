package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/** Frozen parameters by name. */
public interface Parameters {
  /** A parameter in the compute type. */
  NDArray parameter(String name);

  /** Whether there is one of this name. */
  boolean has(String name);

  /** A layer's weight prepared for training on many rows; empty where memory is too dear for it. */
  default Optional<PackedWeight> packed(Linear site) {
    return Optional.empty();
  }

  /** The type the forward pass works in: float32, bfloat16 or float16. */
  String compute();
}
