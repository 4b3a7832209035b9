package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;

/**
 * One forward pass.
 *
 * @param scope owner of everything computed
 * @param weights what is multiplied with
 * @param draw randomness while training; empty switches dropout off
 * @param tape where gradients are written out; empty leaves all to autograd
 */
public record Pass(Scope scope, Weights weights, Optional<Draw> draw, Optional<Tape> tape) {
  /** A pass that autograd alone differentiates. */
  public Pass(Scope scope, Weights weights, Optional<Draw> draw) {
    this(scope, weights, draw, Optional.empty());
  }

  /** A pass without randomness. */
  public static Pass still(Scope scope, Weights weights) {
    return new Pass(scope, weights, Optional.empty());
  }

  /** A linear layer's output, adapted where a method is attached. */
  public NDArray linear(Linear site, NDArray x) {
    return linears(List.of(site), x).getFirst();
  }

  /** Outputs of layers that read the same input, adapted where a method is attached. */
  public List<NDArray> linears(List<Linear> sites, NDArray x) {
    NDArray in = cut(x);
    if (sites.stream().allMatch(this::writtenOut)) {
      var updates = sites.stream().map(this::update).toList();
      return new Products(weights.base(), tape.get(), sites, updates, in).forward(scope);
    }
    return sites.stream().map(site -> each(site, in)).toList();
  }

  private NDArray each(Linear site, NDArray x) {
    LayerAdapter adapter = weights.adapters().get(site.module());
    return adapter == null ? frozen(site, x) : adapter.forward(this, site, x);
  }

  /** Whether a layer is frozen but for a low-rank update, so that the tape can take it. */
  private boolean writtenOut(Linear site) {
    boolean adapted = weights.adapters().containsKey(site.module());
    return takesFrozen(site) && (!adapted || update(site).isPresent());
  }

  private boolean takesFrozen(Linear site) {
    return tape.isPresent()
        && weights.base().compute().equals("float32")
        && !weights.overrides().containsKey(weightName(site))
        && !weights.overrides().containsKey(site.bias());
  }

  private Optional<LowRank> update(Linear site) {
    return Optional.ofNullable(weights.adapters().get(site.module()))
        .flatMap(adapter -> adapter.lowRank(this));
  }

  /** Cuts the tape, where there is one, at an array that several stretches read. */
  public NDArray cut(NDArray x) {
    return tape.map(t -> t.cut(x)).orElse(x);
  }

  /** W x + b as the base (or an override of it) has it. */
  public NDArray frozen(Linear site, NDArray x) {
    if (takesFrozen(site)) {
      var alone = List.of(Optional.<LowRank>empty());
      return new Products(weights.base(), tape.get(), List.of(site), alone, x)
          .forward(scope)
          .getFirst();
    }
    NDArray w = parameter(weightName(site));
    String kernel = site.transposed() ? "linear_transposed" : "linear";
    return site.hasBias()
        ? scope.call(kernel + "_bias", x, w, parameter(site.bias()))
        : scope.call(kernel, x, w);
  }

  /** A parameter in the compute type; overrides are kept in float32 and narrowed here. */
  public NDArray parameter(String name) {
    NDArray override = weights.overrides().get(name);
    return override == null ? weights.base().parameter(name) : computed(override);
  }

  /** A stretch of the network; the one place where it may be computed twice to save memory. */
  public NDArray segment(NDArray x, Segment segment) {
    if (tape.isEmpty()) {
      return segment.forward(this, x);
    }
    // What only the stretch itself needed is let go at its end, not at the end of the pass.
    try (Scope inner = Kernels.get().training()) {
      return scope.adopt(segment.forward(new Pass(inner, weights, draw, tape), x));
    }
  }

  /** A float32 array in the compute type. */
  public NDArray computed(NDArray array) {
    String compute = weights.base().compute();
    return compute.equals("float32") ? array : scope.call("to_" + compute, array);
  }

  /** A tied head that is trained apart from the embedding has an override of its own. */
  private String weightName(Linear site) {
    String own = site.weight();
    return weights.overrides().containsKey(own) ? own : site.weightIn(weights.base());
  }
}
