package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.random.RandomGenerator;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;

/**
 * Singular triplets of a matrix W [out, in], largest first. Their vectors are free in sign, so that
 * only products of them are determined.
 *
 * @param u [out, n]
 * @param d [n]
 * @param v [n, in]
 */
record Triplets(NDArray u, NDArray d, NDArray v) {
  /** All of them. */
  static Triplets of(Scope scope, NDArray w) {
    return of(scope.callAll("start_svd", List.of(), w));
  }

  /**
   * The top ones by subspace iteration; never the bottom ones.
   *
   * @param count how many
   * @param rounds of the iteration: more are more exact
   */
  static Triplets top(Scope scope, NDArray w, int count, int rounds, RandomGenerator random) {
    int in = (int) w.getShape().get(1);
    float[] omega = new float[in * count];
    for (int i = 0; i < omega.length; i++) {
      omega[i] = (float) random.nextGaussian();
    }
    NDArray start = scope.floats(omega, in, count);
    return of(scope.callAll("start_svd_lowrank", List.of(), w, start, scope.scalar(rounds)));
  }

  private static Triplets of(List<NDArray> parts) {
    return new Triplets(parts.get(0), parts.get(1), parts.get(2));
  }

  /** How many there are. */
  int count() {
    return (int) d.size();
  }

  /** Those from one number on. */
  Triplets from(Scope scope, int first, int count) {
    NDArray begin = scope.scalar(first);
    NDArray end = scope.scalar(first + count);
    return new Triplets(
        scope.call("start_columns", u, begin, end),
        scope.call("start_rows", d, begin, end),
        scope.call("start_rows", v, begin, end));
  }

  /** Those with these numbers. */
  Triplets picked(Scope scope, long[] which) {
    NDArray numbers = scope.longs(which, which.length);
    return new Triplets(
        scope.call("start_pick_columns", u, numbers),
        scope.call("start_pick_rows", d, numbers),
        scope.call("start_pick_rows", v, numbers));
  }

  /**
   * A0 = sqrt(D / s) V and B0 = U sqrt(D / s), owned by the method, to be taken out of the base.
   */
  Initializer.Start takenOut(Attachment at, double s) {
    Scope work = at.owner().unrecorded();
    NDArray scale = work.scalar(s);
    return new Initializer.Start(
        work.call("start_rooted_rows", v, d, scale),
        work.call("start_rooted_columns", u, d, scale),
        true);
  }

  /** A scope for the arrays on the way to a start. */
  static Scope work() {
    return Kernels.get().unrecorded();
  }
}
