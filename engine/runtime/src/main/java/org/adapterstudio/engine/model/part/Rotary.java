package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Tokens;

/**
 * Rotary position embedding (arXiv:2104.09864): pairs (i, i + size/2) of a head turn by an angle
 * that grows with the position.
 *
 * @param size numbers of a head that turn
 * @param theta base of the frequencies
 */
public record Rotary(int size, double theta, RopeScaling scaling) {
  /** Cosines and sines, each [1 or B, 1, S, size]. */
  public record Angles(NDArray cos, NDArray sin) {}

  /** Angles of the tokens' positions, counted from {@code past} where none are given. */
  Angles angles(Scope scope, Tokens in, int past, String compute) {
    boolean own = in.positions() != null;
    int rows = own ? in.rows() : 1;
    var frequencies = scaling.at(size, theta, past + in.length());
    float[] cos = new float[rows * in.length() * size];
    float[] sin = new float[cos.length];
    for (int token = 0; token < rows * in.length(); token++) {
      float position = own ? in.positions()[token] : past + token;
      fill(frequencies, position, token * size, cos, sin);
    }
    return new Angles(
        typed(scope, scope.floats(cos, rows, 1, in.length(), size), compute),
        typed(scope, scope.floats(sin, rows, 1, in.length(), size), compute));
  }

  /** Angles are products in float32, as the reference computes them. */
  private void fill(
      RopeScaling.Frequencies frequencies, float position, int at, float[] cos, float[] sin) {
    double[] inverse = frequencies.inverse();
    for (int i = 0; i < inverse.length; i++) {
      float angle = position * (float) inverse[i];
      int second = at + i + inverse.length;
      cos[at + i] = cos[second] = (float) (Math.cos(angle) * frequencies.factor());
      sin[at + i] = sin[second] = (float) (Math.sin(angle) * frequencies.factor());
    }
  }

  private static NDArray typed(Scope scope, NDArray array, String compute) {
    return compute.equals("float32") ? array : scope.call("to_" + compute, array);
  }
}
