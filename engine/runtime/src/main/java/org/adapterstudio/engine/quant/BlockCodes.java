package org.adapterstudio.engine.quant;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;

/**
 * Two 4-bit codes a byte in row-major order, the earlier in the high half, as bitsandbytes packs
 * them.
 *
 * @param codes uint8 [ceil(n / 2)]
 * @param scales of the blocks
 * @param pairs float32 [256, 2]: the two numbers of a byte
 * @param shape int64: the weight's
 * @param block numbers that share a scale
 */
record BlockCodes(NDArray codes, Scales scales, NDArray pairs, NDArray shape, int block)
    implements Packed {
  /** The largest magnitude of each block. */
  sealed interface Scales {
    /** float32, one a block; owned by the scope, or by the codes' owner. */
    NDArray absmax(Scope scope);

    /** Bytes held. */
    long bytes();
  }

  /** Scales as they are. */
  record Plain(NDArray absmax) implements Scales {
    @Override
    public NDArray absmax(Scope scope) {
      return absmax;
    }

    @Override
    public long bytes() {
      return 4 * absmax.size();
    }
  }

  /**
   * Scales less their mean, in 8-bit codes (double quantisation).
   *
   * @param codes uint8, one a block
   * @param absmax float32, one for every {@code block} codes
   * @param offset the mean that was taken off
   * @param numbers float32 [256, 1] of the codes
   * @param count int64: how many
   */
  record Nested(
      NDArray codes, NDArray absmax, NDArray offset, NDArray numbers, NDArray count, int block)
      implements Scales {
    @Override
    public NDArray absmax(Scope scope) {
      NDArray less =
          scope.call("decode_blocks", codes, absmax, numbers, count, scope.scalar(block));
      return scope.call("with_offset", less, offset);
    }

    @Override
    public long bytes() {
      return codes.size() + 4 * absmax.size() + 4;
    }
  }

  @Override
  public NDArray decode(Scope scope) {
    NDArray absmax = scales.absmax(scope);
    return scope.call("decode_blocks", codes, absmax, pairs, shape, scope.scalar(block));
  }

  @Override
  public long bytes() {
    return codes.size() + scales.bytes();
  }
}
