package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;

/**
 * One forward pass.
 *
 * @param scope owner of everything computed
 * @param weights what is multiplied with
 * @param draw randomness while training; empty switches dropout off
 * @param keeping what is kept of its segments
 */
public record Pass(Scope scope, Weights weights, Optional<Draw> draw, Keeping keeping) {
  /** A pass without randomness. */
  public static Pass still(Scope scope, Weights weights) {
    return new Pass(scope, weights, Optional.empty(), new Keeping.Everything());
  }

  /** A pass without randomness that forgets each segment's inside: for long rows. */
  public static Pass scoring(Scope scope, Weights weights) {
    return new Pass(scope, weights, Optional.empty(), new Keeping.Outputs());
  }

  /**
   * A pass that gradients will pass back through.
   *
   * @param twice whether segments keep only their inputs and are computed again on the way back
   */
  public static Pass training(Scope scope, Weights weights, Draw draw, boolean twice) {
    Keeping keeping = twice ? new Recomputed() : new Keeping.Everything();
    return new Pass(scope, weights, Optional.of(draw), keeping);
  }

  /** The same pass inside a segment: what it computes lives in another scope. */
  Pass within(Scope inner) {
    return new Pass(inner, weights, draw, new Keeping.Everything());
  }

  /** A linear layer's output, adapted where a method is attached. */
  public NDArray linear(Linear site, NDArray x) {
    LayerAdapter adapter = weights.adapters().get(site.module());
    return adapter == null ? frozen(site, x) : adapter.forward(this, site, x);
  }

  /** W x + b as the base (or an override of it) has it. */
  public NDArray frozen(Linear site, NDArray x) {
    String kernel = site.transposed() ? "linear_transposed" : "linear";
    try (Lent w = weight(site)) {
      return site.hasBias()
          ? scope.call(kernel + "_bias", x, w.array(), parameter(site.bias()))
          : scope.call(kernel, x, w.array());
    }
  }

  /** W of a layer as the base (or an override of it) has it, in the compute type, for one use. */
  public Lent weight(Linear site) {
    String name = weightName(site);
    NDArray override = weights.overrides().get(name);
    if (override == null) {
      return weights.base().lend(scope, name);
    }
    NDArray narrowed = computed(override);
    return new Lent(narrowed, narrowed != override);
  }

  /** A parameter in the compute type; overrides are kept in float32 and narrowed here. */
  public NDArray parameter(String name) {
    NDArray override = weights.overrides().get(name);
    return override == null ? weights.base().parameter(name) : computed(override);
  }

  /** A stretch of the network; the one place where it may be computed twice to save memory. */
  public NDArray segment(NDArray x, Segment segment) {
    return keeping.segment(this, x, segment);
  }

  /** An array that several segments read beside their input, such as an encoder's states. */
  public NDArray shared(NDArray array) {
    return keeping.shared(this, array);
  }

  /** Adds the gradients of a scalar to every trained array it depends on. */
  public void backward(NDArray scalar) {
    Autograd.backward(scope, scalar);
    keeping.unwind();
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
