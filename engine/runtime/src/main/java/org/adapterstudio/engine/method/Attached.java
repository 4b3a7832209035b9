package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.RecodedBase;
import org.adapterstudio.engine.model.pass.LayerAdapter;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Parameters;
import org.adapterstudio.engine.model.pass.Prompt;
import org.adapterstudio.engine.model.pass.Weights;
import org.adapterstudio.engine.quant.Packed;

/**
 * A method on a base.
 *
 * @param layers module name to its adapter, in network order
 * @param overrides base parameter name to the trained array that stands in for it
 * @param shared what belongs to no single layer
 * @param schedule what happens while it is trained
 * @param spelled overridden parameters whose name in the file is another
 * @param prompt what it puts before every row, or beside it
 */
public record Attached(
    SequencedMap<String, TrainedLayer> layers,
    SequencedMap<String, NDArray> overrides,
    Shared shared,
    Optional<Schedule> schedule,
    Map<String, String> spelled,
    Optional<Prompt> prompt) {
  /** What PEFT puts before every name. */
  public static final String PREFIX = "base_model.model.";

  /** Nothing yet. */
  public static Attached nothing() {
    return new Attached(
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        Shared.none(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  /** Adapted layers alone. */
  public static Attached of(SequencedMap<String, TrainedLayer> layers) {
    return nothing().with(layers);
  }

  /** A layer of its own for each target. */
  public static Attached each(Attachment at, Function<Linear, TrainedLayer> layer) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    at.targets().forEach(site -> layers.put(site.module(), layer.apply(site)));
    return of(layers);
  }

  /** Parameters that stand in for the base's, alone. */
  public static Attached overriding(SequencedMap<String, NDArray> overrides) {
    return overriding(overrides, Map.of());
  }

  /** The same under other names in the file. */
  public static Attached overriding(
      SequencedMap<String, NDArray> overrides, Map<String, String> spelled) {
    var nothing = nothing();
    return new Attached(
        nothing.layers, overrides, nothing.shared, nothing.schedule, spelled, nothing.prompt);
  }

  /** The same with these layers. */
  public Attached with(SequencedMap<String, TrainedLayer> others) {
    return new Attached(others, overrides, shared, schedule, spelled, prompt);
  }

  /** The same with what layers share. */
  public Attached with(Shared other) {
    return new Attached(layers, overrides, other, schedule, spelled, prompt);
  }

  /** The same with a schedule. */
  public Attached with(Schedule other) {
    return new Attached(layers, overrides, shared, Optional.of(other), spelled, prompt);
  }

  /** The same with a prompt. */
  public Attached with(Prompt other) {
    return new Attached(layers, overrides, shared, schedule, spelled, Optional.of(other));
  }

  /** The forward pass's view. */
  public Weights weights(BaseModel base) {
    return new Weights(beneath(base), overrides, Map.<String, LayerAdapter>copyOf(layers), prompt);
  }

  /** The base as layers see it: some code its weights anew. */
  public Parameters beneath(BaseModel base) {
    var codes = new HashMap<String, Packed>();
    layers.values().stream()
        .flatMap(layer -> layer.recoding().stream())
        .forEach(own -> codes.put(own.parameter(), own.codes()));
    return codes.isEmpty() ? base : new RecodedBase(base, codes);
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
    all.putAll(shared.trained());
    return all;
  }

  /** Everything that is stored but not trained, by its name in the file. */
  public SequencedMap<String, Kept> kept() {
    var all = new LinkedHashMap<String, Kept>();
    layers.forEach(
        (module, layer) ->
            layer.kept().forEach((suffix, kept) -> all.put(PREFIX + module + "." + suffix, kept)));
    all.putAll(shared.kept());
    return all;
  }

  /** PEFT keeps what an adapted layer had before one module deeper. */
  private String stored(String parameter) {
    if (spelled.containsKey(parameter)) {
      return spelled.get(parameter);
    }
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
