package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Tokens;

/** Which positions each token may attend to, as an additive mask. */
final class AttentionMask {
  /**
   * Low enough that its softmax weight is exactly 0, finite so that an all-masked row is no NaN.
   */
  private static final float HIDDEN = -3.4028235e38f;

  private AttentionMask() {}

  /**
   * Whether a mask is needed, because plain attention would show too much.
   *
   * @param in null where nothing is hidden
   * @param past positions already in the cache, all of them real
   * @param window positions a token may look back, itself included; 0 is unlimited
   * @param exact whether what stands at padded positions matters too
   */
  static boolean needed(Tokens in, int past, int window, boolean causal, boolean exact) {
    if (in == null) {
      return false;
    }
    if (!causal) {
      return in.attention() != null || in.segments() != null;
    }
    boolean windowBites = window > 0 && past + in.length() > window;
    boolean padded = exact ? in.attention() != null : !in.paddedRightOnly();
    boolean plain = past == 0 && in.segments() == null && !padded && !windowBites;
    boolean oneToken = in.length() == 1 && !windowBites && in.attention() == null;
    return !plain && !oneToken;
  }

  /** The mask [rows or 1, 1, length, past + length]. */
  static NDArray of(Scope scope, Tokens in, int past, int window, boolean causal) {
    int total = past + in.length();
    int rows = in.attention() == null && in.segments() == null ? 1 : in.rows();
    float[] mask = new float[Math.multiplyExact(rows * in.length(), total)];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < in.length(); i++) {
        for (int j = 0; j < total; j++) {
          boolean reached = !causal || reached(i, j, past, window);
          mask[at++] = reached && visible(in, row, i, j, past) ? 0f : HIDDEN;
        }
      }
    }
    return scope.floats(mask, rows, 1, in.length(), total);
  }

  /** The mask [rows, 1, 1, length] that hides padding from whoever looks. */
  static NDArray ofPadding(Scope scope, Tokens in) {
    float[] mask = new float[in.ids().length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = in.attention()[i] == 1 ? 0f : HIDDEN;
    }
    return scope.floats(mask, in.rows(), 1, 1, in.length());
  }

  private static boolean reached(int i, int j, int past, int window) {
    return j <= past + i && (window <= 0 || j > past + i - window);
  }

  private static boolean visible(Tokens in, int row, int i, int j, int past) {
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
