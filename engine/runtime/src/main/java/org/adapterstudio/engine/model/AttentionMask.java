package org.adapterstudio.engine.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;

/** Which earlier positions each token may attend to, as an additive mask where one is needed. */
final class AttentionMask {
  /**
   * Low enough that its softmax weight is exactly 0, finite so that an all-masked row is no NaN.
   */
  private static final float HIDDEN = -3.4028235e38f;

  private AttentionMask() {}

  /**
   * The mask [rows, 1, length, past + length], or nothing where plain causal attention is right.
   *
   * @param past positions already in the cache, all of them real
   * @param window positions a token may look back, itself included; 0 is unlimited
   */
  static Optional<NDArray> of(Scope scope, Inputs in, int past, int window) {
    boolean windowBites = window > 0 && past + in.length() > window;
    boolean plain = past == 0 && in.segments() == null && in.paddedRightOnly() && !windowBites;
    boolean oneToken = in.length() == 1 && !windowBites && in.attention() == null;
    if (plain || oneToken) {
      return Optional.empty();
    }
    int total = past + in.length();
    float[] mask = new float[in.rows() * in.length() * total];
    int at = 0;
    for (int row = 0; row < in.rows(); row++) {
      for (int i = 0; i < in.length(); i++) {
        for (int j = 0; j < total; j++) {
          mask[at++] = visible(in, row, i, j, past, window) ? 0f : HIDDEN;
        }
      }
    }
    return Optional.of(scope.floats(mask, in.rows(), 1, in.length(), total));
  }

  private static boolean visible(Inputs in, int row, int i, int j, int past, int window) {
    if (j > past + i || (window > 0 && j <= past + i - window)) {
      return false;
    }
    if (j < past) {
      return true;
    }
    int base = row * in.length();
    boolean real = in.attention() == null || in.attention()[base + j - past] == 1;
    boolean together =
        in.segments() == null || in.segments()[base + i] == in.segments()[base + j - past];
    return real && together;
  }
}
