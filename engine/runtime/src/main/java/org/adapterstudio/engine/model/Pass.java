package org.adapterstudio.engine.model;

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
    String name =
        site.module().equals(DecoderConfig.HEAD)
            ? weights.base().config().headWeight()
            : site.weight();
    // A tied head that was trained apart from the embedding has its own override.
    NDArray w = weights.overrides().getOrDefault(site.weight(), null);
    w = w == null ? weights.parameter(name) : w;
    return site.hasBias()
        ? scope.call("linear_bias", x, w, weights.parameter(site.bias()))
        : scope.call("linear", x, w);
  }
}
