package org.adapterstudio.engine.resize;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Resizable;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * One layer's factors at another rank, and the maps that take the old coordinates to the new ones.
 * All arrays belong to the scope they were made in.
 *
 * @param a A' [k, in]
 * @param b B' [out, k]
 * @param ofA P with which the rows of A turn, [k, r]; empty where new rows only join
 * @param ofB P with which the columns of B turn, likewise
 * @param error Frobenius norm of dW - dW'
 */
record Resized(NDArray a, NDArray b, Optional<NDArray> ofA, Optional<NDArray> ofB, double error) {
  /** Below this share of the largest, the rows of A depend on each other in float32. */
  private static final double DEPENDENT = 1e-6;

  /** The layer with these factors, which the owner keeps from now on. */
  Resizable layer(Resizable old, Scope owner, double alpha) {
    return old.resized(owner.adopt(a), owner.adopt(b), alpha);
  }

  /** A layer's rank now. */
  static int rank(Resizable layer) {
    return (int) layer.factors().a().getShape().get(0);
  }

  /**
   * The nearest product of a lower rank k. With thin QR, A^T = Qa Ra and B = Qb Rb, and Rb Ra^T = U
   * D V^T, it is (Qb Uk Dk T^-1)(T Vk^T Qa^T) for any T; T = (Vk^T (Ra^T Ra)^-1 Vk)^-1/2 makes A' =
   * N A with orthonormal rows N, so that steps of B keep their size.
   */
  static Resized cut(Scope scope, Resizable layer, int k) {
    LowRank now = layer.factors();
    if (scope.call("rank_condition", now.a()).getDouble() < DEPENDENT) {
      throw StudioException.badInput(
          "The rows of A in %s depend on each other; its rank cannot be changed."
              .formatted(layer.site().module()),
          "Leave this layer out.");
    }
    List<NDArray> cut = scope.callAll("rank_cut", List.of(), now.a(), now.b(), scope.scalar(k));
    double[] values = cut.get(4).toDoubleArray();
    double squares = 0;
    for (int i = k; i < values.length; i++) {
      squares += values[i] * values[i];
    }
    double error = Math.abs(now.s()) * Math.sqrt(squares);
    // A' = N A has the gradient M^T dA, B' = B M the gradient dB N^T.
    return new Resized(
        cut.get(0), cut.get(1), Optional.of(cut.get(3)), Optional.of(cut.get(2)), error);
  }

  /**
   * More rows of A, drawn as at a start from a stream of the run's seed, the step and the layer;
   * the columns of B that meet them are zero, so that the function stays.
   */
  static Resized grown(Scope scope, Resizable layer, int k, Draw draw) {
    LowRank now = layer.factors();
    int in = layer.site().in();
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom")
            .create(draw.seedFor(layer.site().module(), "ranks"));
    float bound = (float) (1 / Math.sqrt(in));
    float[] rows = new float[(k - rank(layer)) * in];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (2 * random.nextFloat() - 1) * bound;
    }
    NDArray more = scope.floats(rows, k - rank(layer), in);
    List<NDArray> grown = scope.callAll("rank_grown", List.of(), now.a(), now.b(), more);
    return new Resized(grown.get(0), grown.get(1), Optional.empty(), Optional.empty(), 0);
  }
}
