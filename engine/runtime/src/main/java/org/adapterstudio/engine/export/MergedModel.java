package org.adapterstudio.engine.export;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.DecoderConfig;
import org.adapterstudio.engine.model.Pass;
import org.adapterstudio.engine.tensor.SafetensorsWriter;

/** The base with the trained change added in, as a Hugging Face folder any program can load. */
public final class MergedModel {
  private static final List<String> COMPANIONS =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "tokenizer.model",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "generation_config.json",
          "chat_template.jinja");

  private MergedModel() {}

  /**
   * Writes config, tokenizer and weights in the base's stored dtype; returns the weights' bytes.
   */
  public static long write(AdaptedModel model, Path folder, String card) {
    try {
      Files.createDirectories(folder);
      for (String companion : COMPANIONS) {
        Path file = model.base().folder().resolve(companion);
        if (Files.exists(file)) {
          Files.copy(file, folder.resolve(companion), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean untied = model.attached().overrides().containsKey(AdapterFolder.HEAD_WEIGHT);
    var config = (ObjectNode) Json.read(model.base().folder().resolve("config.json"));
    if (untied) {
      config.put("tie_word_embeddings", false);
    }
    String dtype = model.base().storedType();
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    weights(model, untied).forEach((name, values) -> entries.put(name, values.as(dtype)));
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
  public static SequencedMap<String, Weight> weights(AdaptedModel model, boolean untied) {
    var weights = new LinkedHashMap<String, Weight>();
    var layers = new LinkedHashMap<String, TrainedLayer>();
    model.attached().layers().forEach((module, layer) -> layers.put(home(model, module), layer));
    model
        .base()
        .config()
        .parameters()
        .forEach(
            (name, shape) ->
                weights.put(name, new Weight(shape, () -> merged(model, name, layers.get(name)))));
    if (untied) {
      long[] shape = weights.get(DecoderConfig.EMBEDDING).shape();
      String head = AdapterFolder.HEAD_WEIGHT;
      weights.put(head, new Weight(shape, () -> merged(model, head, layers.get(head))));
    }
    return weights;
  }

  /** The parameter a module's change is added to. */
  private static String home(AdaptedModel model, String module) {
    String own = module + ".weight";
    if (model.base().has(own) || model.attached().overrides().containsKey(own)) {
      return own;
    }
    throw StudioException.badInput(
        "The adapter changes " + module + ", which shares its weight with the token embedding.",
        "Merge is not possible without changing the embedding; use the adapter as it is.");
  }

  private static float[] merged(AdaptedModel model, String name, TrainedLayer layer) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      NDArray override = model.attached().overrides().get(name);
      NDArray weight =
          override != null ? override : scope.call("to_float32", model.base().parameter(name));
      if (layer != null) {
        NDArray change =
            layer
                .change(pass)
                .orElseThrow(
                    () ->
                        StudioException.badInput(
                            "The method " + model.settings().method() + " cannot be merged.",
                            "Export the adapter instead."));
        weight = scope.call("add", weight, change);
      }
      return weight.toFloatArray();
    }
  }
}
