package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.pass.LayerAdapter;
import org.adapterstudio.engine.model.pass.Weights;

/**
 * A method on a base.
 *
 * @param layers module name to its adapter, in network order
 * @param overrides base parameter name to the trained array that stands in for it
 */
public record Attached(
    SequencedMap<String, TrainedLayer> layers, SequencedMap<String, NDArray> overrides) {
  /** What PEFT puts before every name. */
  public static final String PREFIX = "base_model.model.";

  /** The forward pass's view. */
  public Weights weights(BaseModel base) {
    return new Weights(base, overrides, Map.<String, LayerAdapter>copyOf(layers));
  }

  /** Everything trained, by its name in the file. */
  public SequencedMap<String, NDArray> trainable() {
    var all = new LinkedHashMap<String, NDArray>();
    layers.forEach(
        (module, layer) ->
            layer
                .tensors()
                .forEach((suffix, array) -> all.put(PREFIX + module + "." + suffix, array)));
    overrides.forEach((name, array) -> all.put(PREFIX + stored(name), array));
    return all;
  }

  /** PEFT keeps what an adapted layer had before one module deeper. */
  private String stored(String parameter) {
    int dot = parameter.lastIndexOf('.');
    boolean adapted = dot > 0 && layers.containsKey(parameter.substring(0, dot));
    return adapted
        ? parameter.substring(0, dot) + ".base_layer" + parameter.substring(dot)
        : parameter;
  }

  /** Number of trained numbers. */
  public long trainableCount() {
    return trainable().values().stream().mapToLong(NDArray::size).sum();
  }
}
