package org.adapterstudio.engine.bench;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;

/**
 * The matrix products that no training step of a low-rank update avoids: forward and input gradient
 * of every frozen layer and the head, six thin products for each update, attention both ways. Done
 * bare by BLAS, one after another, on arrays that are there already.
 */
final class Unavoidable implements AutoCloseable {
  private final Scope owner = Kernels.get().unrecorded();
  private final List<Layer> layers = new ArrayList<>();
  private final Shape shape;
  private final NDArray heads;

  /**
   * One layer's arrays: x [T, in], g [T, out], W, packed for both, and A, B where it is adapted.
   */
  private record Layer(
      NDArray x,
      NDArray g,
      NDArray w,
      NDArray along,
      NDArray across,
      NDArray a,
      NDArray b,
      NDArray t) {}

  Unavoidable(Shape shape, int rank) {
    this.shape = shape;
    int d = shape.hidden();
    int f = shape.intermediate();
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (int i = 0; i < 4; i++) {
        add(d, d, rank);
      }
      add(d, f, rank);
      add(d, f, rank);
      add(f, d, rank);
    }
    add(d, shape.vocabulary(), 0);
    heads = owner.zeros(shape.rows(), shape.heads(), shape.length(), 64).add(0.01f);
  }

  private void add(int in, int out, int rank) {
    int tokens = shape.tokens();
    boolean adapted = rank > 0;
    NDArray w = filled(out, in);
    NDArray many = owner.sizes(512);
    layers.add(
        new Layer(
            filled(tokens, in),
            filled(tokens, out),
            w,
            owner.call("pack", w, many),
            owner.call("pack_transposed", w, many),
            adapted ? filled(rank, in) : null,
            adapted ? filled(out, rank) : null,
            adapted ? filled(tokens, rank) : null));
  }

  private NDArray filled(long... size) {
    return owner.zeros(size).add(0.01f);
  }

  /** Forward and input gradient of the frozen layers and the head. */
  void frozen() {
    try (Scope scope = Kernels.get().unrecorded()) {
      for (Layer layer : layers) {
        scope.call("linear", layer.x(), layer.w()).close();
        scope.call("linear_transposed", layer.g(), layer.w()).close();
      }
    }
  }

  /** The same with the weights packed, as the engine computes them where memory allows it. */
  void packed() {
    try (Scope scope = Kernels.get().unrecorded()) {
      for (Layer layer : layers) {
        scope
            .callAll("products_packed", List.of(List.of(layer.along())), layer.x())
            .getFirst()
            .close();
        scope
            .callAll("products_packed", List.of(List.of(layer.across())), layer.g())
            .getFirst()
            .close();
      }
    }
  }

  /** The thin products of the updates. */
  void updates() {
    try (Scope scope = Kernels.get().unrecorded()) {
      for (Layer layer : layers) {
        if (layer.a() != null) {
          thin(scope, layer);
        }
      }
    }
  }

  /** All in the orientation in which BLAS is fast: rows of A and of B' come first. */
  private static void thin(Scope scope, Layer layer) {
    try (NDArray ta = scope.call("transposed_view", layer.x());
        NDArray tg = scope.call("transposed_view", layer.g());
        NDArray tb = scope.call("transposed_view", layer.b());
        NDArray tt = scope.call("transposed_view", layer.t())) {
      scope.call("linear_transposed", layer.a(), ta).close();
      scope.call("linear_transposed", layer.t(), tb).close();
      scope.call("linear_transposed", tb, tg).close();
      scope.call("linear_transposed", layer.t(), layer.a()).close();
      scope.call("linear_transposed", tt, layer.x()).close();
      scope.call("linear_transposed", tt, layer.g()).close();
    }
  }

  /** Attention of every layer, forward and back. */
  void attention() {
    for (int layer = 0; layer < shape.layers(); layer++) {
      try (Scope scope = Kernels.get().training()) {
        NDArray q = Autograd.leaf(scope, heads);
        NDArray k = Autograd.leaf(scope, heads);
        NDArray v = Autograd.leaf(scope, heads);
        NDArray o = scope.call("attend_causal", q, k, v, scope.scalar(0.125));
        Autograd.backward(o, scope.unrecorded().call("copy", o));
      }
    }
  }

  @Override
  public void close() {
    owner.close();
  }
}
