package org.adapterstudio.engine.quant;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;

/**
 * Whole numbers -127 .. 127 with a scale a row: the storage of LLM.int8 (arXiv:2208.07339) without
 * its 16-bit columns.
 *
 * @param codes int8 [out, in]
 * @param absmax float32 [out]: largest magnitude of each row
 */
record RowCodes(NDArray codes, NDArray absmax) implements Packed {
  @Override
  public NDArray decode(Scope scope) {
    return scope.call("decode_rows", codes, absmax);
  }

  @Override
  public long bytes() {
    return codes.size() + 4 * absmax.size();
  }
}
