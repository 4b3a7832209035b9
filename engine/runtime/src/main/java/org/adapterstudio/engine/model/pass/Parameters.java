package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;

/** Frozen parameters by name. */
public interface Parameters {
  /** A parameter in the compute type. */
  NDArray parameter(String name);

  /** Whether there is one of this name. */
  boolean has(String name);

  /** The type the forward pass works in: float32, bfloat16 or float16. */
  String compute();
}
