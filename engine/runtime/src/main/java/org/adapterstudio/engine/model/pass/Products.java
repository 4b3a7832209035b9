package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;

/**
 * Linear layers that read one input, on a tape: y_i = W_i x + b_i + s_i B_i A_i x with W and b
 * frozen. Products with all A are one product, the input's gradient is summed while it is computed,
 * and the gradients of A and B come in the orientation in which BLAS is fast.
 */
final class Products {
  private final Parameters base;
  private final Tape tape;
  private final List<Linear> sites;
  private final List<LowRank> updates;
  private final int[] adapted;
  private final NDArray x;
  private List<NDArray> y;
  private NDArray t;

  /**
   * @param updates one for each site
   * @param x cut before, where a gradient flows through it
   */
  Products(
      Parameters base, Tape tape, List<Linear> sites, List<Optional<LowRank>> updates, NDArray x) {
    this.base = base;
    this.tape = tape;
    this.sites = sites;
    this.updates = updates.stream().map(update -> update.orElse(null)).toList();
    this.adapted =
        IntStream.range(0, sites.size()).filter(i -> updates.get(i).isPresent()).toArray();
    this.x = x;
  }

  /** Outputs, one for each site. */
  List<NDArray> forward(Scope scope) {
    boolean flows = tape.wanted(x);
    Autograd.unrecorded(() -> compute(scope));
    for (int i = 0; i < y.size(); i++) {
      if (flows || updates.get(i) != null) {
        Autograd.require(tape.keep(y.get(i)), true);
      }
    }
    if (flows || adapted.length > 0) {
      tape.keep(x);
      tape.onBackward(() -> Autograd.unrecorded(() -> backward(tape.scope())));
    }
    return y;
  }

  private List<NDArray> compute(Scope scope) {
    boolean packed = packed();
    String kernel = packed ? "products_packed" : "products";
    y = scope.callAll(kernel, List.of(weights(scope, packed, true)), x);
    for (int i = 0; i < y.size(); i++) {
      if (sites.get(i).hasBias()) {
        scope.call("shift", y.get(i), base.parameter(sites.get(i).bias())).close();
      }
    }
    if (adapted.length > 0) {
      var lists = List.of(chosen(y::get), a(), b());
      t = tape.keep(scope.callLists("low_rank", lists, x, scales(scope)));
    }
    return y;
  }

  private Void backward(Scope scope) {
    boolean flows = tape.wanted(x);
    // Where nothing flows on, a layer without an update gathered no gradient and was not kept.
    var kept = flows ? y : chosen(y::get);
    List<NDArray> g = kept.stream().map(array -> Autograd.gradient(scope, array)).toList();
    NDArray d = null;
    if (flows) {
      boolean packed = packed();
      String kernel = packed ? "products_gradient_packed" : "products_gradient";
      d = scope.callAll(kernel, List.of(g, weights(scope, packed, false))).getFirst();
    }
    if (adapted.length > 0) {
      updateGradients(scope, flows ? chosen(g::get) : g, d);
    }
    if (d != null) {
      tape.add(x, d);
    }
    g.forEach(NDArray::close);
    kept.forEach(NDArray::close);
    return null;
  }

  private void updateGradients(Scope scope, List<NDArray> g, NDArray d) {
    NDArray s = scales(scope);
    NDArray u = scope.callLists("low_rank_inner", List.of(g, b()), s);
    if (d != null) {
      scope.callLists("low_rank_gradient", List.of(a()), d, u).close();
    }
    var all = scope.callAll("low_rank_weights_gradient", List.of(g, a()), x, t, u, s);
    for (int i = 0; i < adapted.length; i++) {
      LowRank update = updates.get(adapted[i]);
      Autograd.backward(update.a(), all.get(i));
      Autograd.backward(update.b(), all.get(adapted.length + i));
    }
    all.forEach(NDArray::close);
    List.of(s, u, t).forEach(NDArray::close);
  }

  private boolean packed() {
    return sites.stream().allMatch(site -> base.packed(site).isPresent());
  }

  /** W of every site as [out, in], or its packed form. */
  private List<NDArray> weights(Scope scope, boolean packed, boolean forward) {
    return sites.stream().map(site -> weight(scope, site, packed, forward)).toList();
  }

  private NDArray weight(Scope scope, Linear site, boolean packed, boolean forward) {
    if (packed) {
      PackedWeight both = base.packed(site).orElseThrow();
      return forward ? both.forward() : both.backward();
    }
    NDArray w = base.parameter(site.weightIn(base));
    return site.transposed() ? scope.call("transposed_view", w) : w;
  }

  private NDArray scales(Scope scope) {
    return scope.doubles(IntStream.of(adapted).mapToDouble(i -> updates.get(i).s()).toArray());
  }

  private List<NDArray> a() {
    return chosen(i -> updates.get(i).a());
  }

  private List<NDArray> b() {
    return chosen(i -> updates.get(i).b());
  }

  private List<NDArray> chosen(Function<Integer, NDArray> of) {
    return IntStream.of(adapted).boxed().map(of).toList();
  }
}
