package org.adapterstudio.engine.tensor;

import java.util.List;

/**
 * A tensor as plain float32 numbers, row-major.
 *
 * @param data the numbers
 * @param shape their dimensions
 */
public record Values(float[] data, long[] shape) {
  /** A tensor of one dimension list. */
  public static Values of(float[] data, List<Long> shape) {
    return new Values(data, shape.stream().mapToLong(Long::longValue).toArray());
  }
}
