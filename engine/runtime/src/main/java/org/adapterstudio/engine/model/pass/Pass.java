package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Scope;

/**
 * One forward pass.
 *
 * @param scope owner of everything computed
 * @param weights what is multiplied with
 * @param draw randomness while training; empty switches dropout off
 */
public record Pass(Scope scope, Weights weights, Optional<Draw> draw) {
  /** A pass without randomness. */
  public static Pass still(Scope scope, Weights weights) {
    return new Pass(scope, weights, Optional.empty());
  }

  /** A linear layer's output, adapted where a method is attached. */
  public NDArray linear(Linear site, NDArray x) {
    LayerAdapter adapter = weights.adapters().get(site.module());
    return adapter == null ? frozen(site, x) : adapter.forward(this, site, x);
  }

  /** W x + b as the base (or an override of it) has it. */
  public NDArray frozen(Linear site, NDArray x) {
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
    return segment.forward(this, x);
  }

  /** A float32 array in the compute type. */
  public NDArray computed(NDArray array) {
    String compute = weights.base().compute();
    return compute.equals("float32") ? array : scope.call("to_" + compute, array);
  }

  /** A tied head that is trained apart from the embedding has an override of its own. */
  private String weightName(Linear site) {
    String own = site.weight();
    boolean has = weights.overrides().containsKey(own) || weights.base().has(own);
    return has ? own : site.shares().orElse(own);
  }
}
