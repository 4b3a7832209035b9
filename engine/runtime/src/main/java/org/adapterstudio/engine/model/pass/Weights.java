package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * A base as a method left it: frozen parameters, some of them overridden by trained ones, and some
 * layers adapted.
 *
 * @param base the frozen parameters
 * @param overrides parameter name to the array that stands in for it
 * @param adapters module name to what computes its output
 */
public record Weights(
    Parameters base, Map<String, NDArray> overrides, Map<String, LayerAdapter> adapters) {
  /** Whether an adapter's rows depend on one another. */
  public boolean mixesRows() {
    return adapters.values().stream().anyMatch(LayerAdapter::mixesRows);
  }

  /** The base alone. */
  public static Weights of(Parameters base) {
    return new Weights(base, Map.of(), Map.of());
  }
}
