package org.adapterstudio.engine.quant;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;

/**
 * Codes of a weight that its file keeps as [in, out]: coded as [out, in], read as the file has it.
 */
record Turned(Packed codes) implements Packed {
  @Override
  public NDArray decode(Scope scope) {
    try (NDArray decoded = codes.decode(scope)) {
      return scope.call("turned", decoded);
    }
  }

  @Override
  public long bytes() {
    return codes.bytes();
  }
}
