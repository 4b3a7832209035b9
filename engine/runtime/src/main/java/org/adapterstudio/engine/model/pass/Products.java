package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;

/**
 * Linear layers that read one input, on a tape: y_i = W_i x + b_i + s_i B_i A_i x with W and b
 * frozen. Products with all A are one product, the input's gradient is summed while it is computed,
 * and the gradients of A and B come in the orientation in which BLAS is fast.
 */
final class Products {
  private final Parameters base;
  private final Scope here;
  private final Tape tape;
  private final List<Linear> sites;
  private final List<LowRank> updates;
  private final int[] adapted;
  private final NDArray x;
  private List<NDArray> y;
  private NDArray t;
  private List<NDArray> computed = List.of();

  /**
   * @param pass with a tape
   * @param updates one for each site
   * @param x cut, where a gradient passes through it
   */
  Products(Pass pass, List<Linear> sites, List<Optional<LowRank>> updates, NDArray x) {
    this.base = pass.weights().base();
    this.here = pass.scope().unrecorded();
    this.tape = pass.tape().orElseThrow();
    this.sites = sites;
    this.updates = updates.stream().map(update -> update.orElse(null)).toList();
    this.adapted =
        IntStream.range(0, sites.size()).filter(i -> updates.get(i).isPresent()).toArray();
    this.x = x;
  }

  /** Outputs, one for each site. */
  List<NDArray> forward() {
    y = frozen();
    if (adapted.length > 0) {
      var lists = List.of(chosen(y::get), a(), b());
      t = tape.keep(here.callLists("low_rank", lists, x, scales(here)));
      computed().forEach(tape::keep);
      Stream.concat(a().stream(), b().stream()).filter(here::owns).forEach(tape::keep);
    }
    kept().forEach(tape::leaf);
    if (!kept().isEmpty()) {
      if (here.owns(x)) {
        tape.keep(x);
      }
      tape.onBackward(this::backward);
    }
    return y;
  }

  private List<NDArray> frozen() {
    List<NDArray> products = multiplied(here, "products", true, List.of(), x);
    for (int i = 0; i < products.size(); i++) {
      if (sites.get(i).hasBias()) {
        here.call("shift", products.get(i), base.parameter(sites.get(i).bias())).close();
      }
    }
    return products;
  }

  /** Outputs that gather a gradient: all, or where nothing passes on, those of adapted layers. */
  private List<NDArray> kept() {
    return tape.wanted(x) ? y : chosen(y::get);
  }

  private void backward() {
    Scope scope = tape.scope();
    boolean passes = tape.wanted(x);
    List<NDArray> g = kept().stream().map(tape::gradient).toList();
    NDArray d = null;
    if (passes) {
      d = multiplied(scope, "products_gradient", false, g).getFirst();
    }
    if (adapted.length > 0) {
      updates(scope, passes ? chosen(g::get) : g, d);
    }
    kept().forEach(NDArray::close);
    g.forEach(NDArray::close);
    if (passes) {
      tape.add(x, d);
    }
  }

  /** Gradients of A and B, and what flows through them into {@code d}, the gradient of x. */
  private void updates(Scope scope, List<NDArray> g, NDArray d) {
    NDArray s = scales(scope);
    NDArray u = scope.callLists("low_rank_inner", List.of(g, b()), s);
    if (d != null) {
      scope.callLists("low_rank_gradient", List.of(a()), d, u).close();
    }
    var all = scope.callAll("low_rank_weights_gradient", List.of(g, a()), x, t, u, s);
    for (int i = 0; i < adapted.length; i++) {
      LowRank update = updates.get(adapted[i]);
      pass(scope, update.a(), all.get(i));
      pass(scope, update.b(), all.get(adapted.length + i));
    }
    all.forEach(NDArray::close);
    List.of(s, u, t).forEach(NDArray::close);
    computed.forEach(NDArray::close);
  }

  /** Factors that were computed for this pass; the stretch they were computed in ends before. */
  private List<NDArray> computed() {
    computed = Stream.concat(a().stream(), b().stream()).filter(here::owns).toList();
    return computed;
  }

  /** A factor may be trained, computed from what is trained, or frozen. */
  private static void pass(Scope scope, NDArray factor, NDArray gradient) {
    if (Autograd.passes(scope, factor)) {
      Autograd.backward(factor, gradient);
    }
  }

  /** A kernel over all frozen weights, packed where they are. */
  private List<NDArray> multiplied(
      Scope scope, String kernel, boolean forward, List<NDArray> g, NDArray... others) {
    boolean packed = sites.stream().allMatch(site -> base.packed(site).isPresent());
    var lent = new ArrayList<Lent>();
    for (Linear site : sites) {
      lent.add(packed ? packed(site, forward) : lent(scope, site));
    }
    var lists = new ArrayList<List<NDArray>>();
    if (!g.isEmpty()) {
      lists.add(g);
    }
    lists.add(lent.stream().map(Lent::array).toList());
    var results = List.copyOf(scope.callAll(packed ? kernel + "_packed" : kernel, lists, others));
    lent.forEach(Lent::close);
    return results;
  }

  private Lent packed(Linear site, boolean forward) {
    PackedWeight both = base.packed(site).orElseThrow();
    return Lent.resident(forward ? both.forward() : both.backward());
  }

  /** W as [out, in] for one use. */
  private Lent lent(Scope scope, Linear site) {
    Lent w = base.lend(scope, site.weightIn(base));
    if (!site.transposed()) {
      return w;
    }
    try (w) {
      return new Lent(scope.call("transposed_view", w.array()), true);
    }
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

  private List<NDArray> chosen(IntFunction<NDArray> of) {
    return IntStream.of(adapted).mapToObj(of).toList();
  }
}
