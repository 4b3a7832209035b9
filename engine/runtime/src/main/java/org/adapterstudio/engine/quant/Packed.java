package org.adapterstudio.engine.quant;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;

/** A weight kept as codes. The numbers exist only between a decode and the close of its result. */
public sealed interface Packed permits BlockCodes, RowCodes, Turned {
  /** The weight in float32, owned by the scope; close it after its one use. */
  NDArray decode(Scope scope);

  /** Bytes of codes and scales. */
  long bytes();
}
