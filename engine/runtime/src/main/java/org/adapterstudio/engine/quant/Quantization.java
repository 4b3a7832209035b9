package org.adapterstudio.engine.quant;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.adapterstudio.contract.StudioException;

/** How the linear weights of a frozen base are kept; everything else stays as it is stored. */
public enum Quantization {
  /** As stored. */
  NONE("none"),
  /** 4-bit NormalFloat in blocks of 64 with a float32 scale each (arXiv:2305.14314). */
  NF4("nf4"),
  /** The same with the scales in 8 bits themselves, in blocks of 256. */
  NF4_DOUBLE("nf4-double"),
  /** Whole numbers -127 .. 127 with a float32 scale a row; no columns are kept apart. */
  INT8("int8");

  /** Numbers that share a scale. */
  static final int BLOCK = 64;

  /** Scales that share a scale of their own. */
  static final int NESTED_BLOCK = 256;

  private final String key;

  Quantization(String key) {
    this.key = key;
  }

  /** The word in a recipe. */
  public String key() {
    return key;
  }

  /** What {@code model.quantization} of a recipe means. */
  public static Quantization of(String key) {
    return Arrays.stream(values())
        .filter(kind -> kind.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "model.quantization is \"" + key + "\".",
                    "Use "
                        + Arrays.stream(values())
                            .map(Quantization::key)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  /** Bytes that codes and scales of a weight [rows, columns] take. */
  public long bytes(long rows, long columns) {
    long numbers = rows * columns;
    long blocks = ceil(numbers, BLOCK);
    return switch (this) {
      case NONE -> throw new IllegalStateException("Not quantized");
      case NF4 -> ceil(numbers, 2) + 4 * blocks;
      case NF4_DOUBLE -> ceil(numbers, 2) + blocks + 4 * ceil(blocks, NESTED_BLOCK) + 4;
      case INT8 -> numbers + 4 * rows;
    };
  }

  private static long ceil(long count, long of) {
    return (count + of - 1) / of;
  }
}
