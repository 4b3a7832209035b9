package org.adapterstudio.engine.export;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tensor.SafetensorsWriter;

/** The base with the trained change added in, as a Hugging Face folder any program can load. */
public final class MergedModel {
  private MergedModel() {}

  /**
   * Writes config, tokenizer and weights, each in the dtype the base stores it in; returns the
   * weights' bytes.
   */
  public static long write(AdaptedModel model, Path folder, String card) {
    if (model.attached().prompt().isPresent()) {
      throw noMerge(model);
    }
    Companions.copy(model.base().folder(), folder);
    ObjectNode config = MergedConfig.of(model.base());
    if (!untied(model).isEmpty()) {
      config.put("tie_word_embeddings", false);
    }
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    weights(model)
        .forEach((name, values) -> entries.put(name, values.as(model.base().storedType(name))));
    long bytes =
        SafetensorsWriter.write(
            folder.resolve("model.safetensors"), entries, Map.of("format", "pt"));
    AtomicFile.write(folder.resolve("config.json"), Json.pretty(config));
    AtomicFile.write(folder.resolve("README.md"), card);
    return bytes;
  }

  /** A parameter that is computed when asked for. */
  public record Weight(long[] shape, java.util.function.Supplier<float[]> values) {
    private SafetensorsWriter.Entry as(String dtype) {
      return new SafetensorsWriter.Entry(dtype, shape, values);
    }
  }

  /** Every merged parameter in float32, by name, each computed when asked for. */
  public static SequencedMap<String, Weight> weights(AdaptedModel model) {
    var weights = new LinkedHashMap<String, Weight>();
    Network network = model.base().network();
    var adapted = new LinkedHashMap<String, Linear>();
    boolean shares = !model.attached().shared().trained().isEmpty();
    for (Linear site : network.sites()) {
      var layer = model.attached().layers().get(site.module());
      if (layer != null && (shares || !layer.tensors().isEmpty())) {
        adapted.put(home(model, site), site);
        if (site.hasBias()) {
          adapted.put(site.bias(), site);
        }
      }
    }
    network
        .parameters()
        .forEach(
            (name, shape) ->
                weights.put(name, new Weight(shape, () -> merged(model, name, adapted.get(name)))));
    for (Linear site : untied(model)) {
      String name = site.weight();
      weights.put(name, new Weight(site.shape(), () -> merged(model, name, adapted.get(name))));
      String above = site.bias().replaceFirst("[^.]+\\.bias$", "bias");
      if (!site.hasBias() && weights.containsKey(above)) {
        // A masked language model's tied decoder takes its bias from its head, an untied has one.
        weights.put(site.bias(), weights.get(above));
      }
    }
    return weights;
  }

  /**
   * Layers that share a weight in the base and have one of their own now: because it is trained, or
   * because the table they share it with was changed and they were not.
   */
  private static List<Linear> untied(AdaptedModel model) {
    return model.base().network().linears().stream()
        .filter(site -> site.shares().isPresent())
        .filter(
            site ->
                model.attached().overrides().containsKey(site.weight()) || tableAlone(model, site))
        .toList();
  }

  private static boolean tableAlone(AdaptedModel model, Linear site) {
    var layers = model.attached().layers();
    boolean table =
        model.network().sites().stream()
            .filter(other -> other.form() instanceof Linear.Lookup)
            .filter(other -> other.weight().equals(site.shares().orElseThrow()))
            .anyMatch(other -> layers.containsKey(other.module()));
    return table && !layers.containsKey(site.module());
  }

  /** The parameter a layer's change is added to. */
  private static String home(AdaptedModel model, Linear site) {
    String own = site.weight();
    if (model.base().has(own) || model.attached().overrides().containsKey(own)) {
      return own;
    }
    throw StudioException.badInput(
        "The adapter changes "
            + site.module()
            + ", which shares its weight with the token embedding.",
        "Merge is not possible without changing the embedding; use the adapter as it is.");
  }

  private static float[] merged(AdaptedModel model, String name, Linear site) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      NDArray override = model.attached().overrides().get(name);
      NDArray weight = override != null ? override : stored(scope, model, name);
      return change(model, pass, name, site)
          .map(change -> scope.call("changed_kernel", weight, change))
          .orElse(weight)
          .toFloatArray();
    }
  }

  /** What is added to a parameter of an adapted layer, its weight or its bias. */
  private static Optional<NDArray> change(AdaptedModel model, Pass pass, String name, Linear site) {
    if (site == null) {
      return Optional.empty();
    }
    TrainedLayer layer = model.attached().layers().get(site.module());
    if (name.equals(site.bias())) {
      return layer.biasChange(pass);
    }
    if (!site.hasBias() && layer.biasChange(pass).isPresent()) {
      throw StudioException.badInput(
          "The adapter adds a bias to " + site.module() + ", which has none to merge it into.",
          "Export the adapter instead.");
    }
    NDArray change = layer.change(pass).orElseThrow(() -> noMerge(model));
    return Optional.of(site.transposed() ? pass.scope().call("transpose", change) : change);
  }

  private static StudioException noMerge(AdaptedModel model) {
    return StudioException.badInput(
        "The method " + model.settings().method() + " cannot be merged.",
        "Export the adapter instead.");
  }

  /** A base's parameter; a layer that shares one starts from that. */
  private static NDArray stored(Scope scope, AdaptedModel model, String name) {
    String home =
        model.base().has(name)
            ? name
            : model.network().linears().stream()
                .filter(site -> site.weight().equals(name))
                .findFirst()
                .orElseThrow()
                .weightIn(model.base());
    var beneath = model.attached().beneath(model.base());
    return scope.call("to_float32", beneath.lend(scope, home).array());
  }
}
