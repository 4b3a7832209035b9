package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Two hashes of an array's numbers: layers with the same ones read the same array. */
final class Fingerprint {
  private Fingerprint() {}

  static List<Long> of(NDArray x) {
    long first = 0xcbf29ce484222325L;
    long second = x.size();
    for (float value : x.toFloatArray()) {
      int bits = Float.floatToIntBits(value);
      first = (first ^ bits) * 0x100000001b3L;
      second = second * 31 + bits;
    }
    return List.of(first, second, x.getShape().get(x.getShape().dimension() - 1));
  }
}
