package org.adapterstudio.engine.quant;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;

/** Turns the weights of one base into codes, one at a time. */
public final class Quantizer {
  private final Quantization kind;
  private final int block;
  private final Scope owner;
  private final NDArray pairs;
  private final NDArray dynamic;

  /** A quantizer whose codes live in {@code owner}. */
  public Quantizer(Quantization kind, Scope owner) {
    this(kind, owner, Quantization.BLOCK);
  }

  Quantizer(Quantization kind, Scope owner, int block) {
    this.kind = kind;
    this.block = block;
    this.owner = owner;
    this.pairs = owner.floats(CodeTable.NF4.pairs(), 256, 2);
    this.dynamic = owner.floats(CodeTable.DYNAMIC.numbers(), 256, 1);
  }

  /**
   * The codes of a weight.
   *
   * @param weight stored in any floating type
   * @param shape of it; for whole numbers [out, in]
   */
  public Packed pack(NDArray weight, long... shape) {
    try (Scope work = Kernels.get().unrecorded()) {
      return switch (kind) {
        case NONE -> throw new IllegalStateException("Not quantized");
        case NF4 -> blocks(work, weight, shape, false);
        case NF4_DOUBLE -> blocks(work, weight, shape, true);
        case INT8 -> rows(work, weight, shape[1]);
      };
    }
  }

  /** The codes of a weight [in, out], in the order of its transpose, so that rows are outputs. */
  public Packed packTransposed(NDArray weight, long out, long in) {
    try (Scope work = Kernels.get().unrecorded()) {
      return new Turned(pack(work.call("turned", weight), out, in));
    }
  }

  private BlockCodes blocks(Scope work, NDArray weight, long[] shape, boolean nested) {
    NDArray size = work.scalar(block);
    NDArray absmax = work.call("block_absmax", weight, size);
    NDArray thresholds = work.floats(CodeTable.NF4.thresholds(), 15);
    NDArray codes = work.call("table_codes", weight, absmax, thresholds, size);
    NDArray packed = work.call("pack_halves", codes, work.scalar(CodeTable.NF4.zero()));
    BlockCodes.Scales scales =
        nested ? nested(work, absmax) : new BlockCodes.Plain(owner.adopt(absmax));
    NDArray shapeArray = owner.longs(shape, shape.length);
    return new BlockCodes(owner.adopt(packed), scales, pairs, shapeArray, block);
  }

  private BlockCodes.Nested nested(Scope work, NDArray absmax) {
    NDArray size = work.scalar(Quantization.NESTED_BLOCK);
    NDArray offset = work.call("mean", absmax);
    NDArray less = work.call("without_offset", absmax, offset);
    NDArray second = work.call("block_absmax", less, size);
    NDArray thresholds = work.floats(CodeTable.DYNAMIC.thresholds(), 255);
    NDArray codes = work.call("table_codes", less, second, thresholds, size);
    return new BlockCodes.Nested(
        owner.adopt(codes),
        owner.adopt(second),
        owner.adopt(offset),
        dynamic,
        owner.longs(new long[] {absmax.size()}, 1),
        Quantization.NESTED_BLOCK);
  }

  private RowCodes rows(Scope work, NDArray weight, long columns) {
    NDArray absmax = work.call("block_absmax", weight, work.scalar(columns));
    NDArray codes = work.call("row_codes", weight, absmax);
    return new RowCodes(owner.adopt(codes), owner.adopt(absmax));
  }
}
