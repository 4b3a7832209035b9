package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;

/**
 * A base as a method left it: frozen parameters, some of them overridden by trained ones, and some
 * layers adapted.
 *
 * @param base the frozen parameters
 * @param overrides parameter name to the array that stands in for it
 * @param adapters module name to what computes its output
 * @param prompt what stands before every row or beside it
 */
public record Weights(
    Parameters base,
    Map<String, NDArray> overrides,
    Map<String, LayerAdapter> adapters,
    Optional<Prompt> prompt) {
  /** The same without a prompt. */
  public Weights(
      Parameters base, Map<String, NDArray> overrides, Map<String, LayerAdapter> adapters) {
    this(base, overrides, adapters, Optional.empty());
  }

  /** Positions that stand before every row. */
  public int promptLength() {
    return prompt.map(Prompt::length).orElse(0);
  }

  /** Whether an adapter's rows depend on one another. */
  public boolean mixesRows() {
    return adapters.values().stream().anyMatch(LayerAdapter::mixesRows);
  }

  /** The base alone. */
  public static Weights of(Parameters base) {
    return new Weights(base, Map.of(), Map.of());
  }
}
