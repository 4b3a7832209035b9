package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;

/**
 * Rotary position embedding: cosines and sines of every position, as the reference computes them.
 */
final class Rotary {
  private final float[] frequencies;

  Rotary(DecoderConfig config) {
    this.frequencies =
        config.ropeScaling().inverseFrequencies(config.headSize(), config.ropeTheta());
  }

  /** Cosines and sines, each [1 or B, 1, S, E]. */
  record Angles(NDArray cos, NDArray sin) {}

  /** Angles of the inputs' positions, counted from {@code past} where none are given. */
  Angles angles(Scope scope, Inputs in, int past, String compute) {
    boolean own = in.positions() != null;
    int rows = own ? in.rows() : 1;
    int size = 2 * frequencies.length;
    float[] cos = new float[rows * in.length() * size];
    float[] sin = new float[cos.length];
    for (int token = 0; token < rows * in.length(); token++) {
      float position = own ? in.positions()[token] : past + token;
      for (int i = 0; i < frequencies.length; i++) {
        float angle = position * frequencies[i];
        int at = token * size + i;
        cos[at] = cos[at + frequencies.length] = (float) Math.cos(angle);
        sin[at] = sin[at + frequencies.length] = (float) Math.sin(angle);
      }
    }
    return new Angles(
        typed(scope, scope.floats(cos, rows, 1, in.length(), size), compute),
        typed(scope, scope.floats(sin, rows, 1, in.length(), size), compute));
  }

  private static NDArray typed(Scope scope, NDArray array, String compute) {
    return compute.equals("float32") ? array : scope.call("to_" + compute, array);
  }
}
