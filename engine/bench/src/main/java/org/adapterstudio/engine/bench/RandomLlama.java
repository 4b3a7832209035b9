package org.adapterstudio.engine.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.tensor.SafetensorsWriter;

/** Writes a Llama with random weights as a Hugging Face folder. */
final class RandomLlama {
  private RandomLlama() {}

  /** The folder, made where it is not there yet. */
  static Path folder(Path parent, Shape shape) {
    try {
      Path folder = Files.createDirectories(parent.resolve("llama-" + shape.hidden()));
      Files.writeString(folder.resolve("config.json"), config(shape));
      if (!Files.exists(folder.resolve("model.safetensors"))) {
        SafetensorsWriter.write(
            folder.resolve("model.safetensors"), weights(folder), Map.of("format", "pt"));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String config(Shape shape) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("model_type", "llama");
    fields.put("hidden_size", shape.hidden());
    fields.put("intermediate_size", shape.intermediate());
    fields.put("num_hidden_layers", shape.layers());
    fields.put("num_attention_heads", shape.heads());
    fields.put("num_key_value_heads", shape.heads());
    fields.put("vocab_size", shape.vocabulary());
    fields.put("max_position_embeddings", 2048);
    fields.put("rms_norm_eps", 1e-6);
    fields.put("rope_theta", 10000.0);
    fields.put("tie_word_embeddings", false);
    fields.put("hidden_act", "silu");
    return Json.pretty(fields);
  }

  private static SequencedMap<String, SafetensorsWriter.Entry> weights(Path folder) {
    var random = new Random(0);
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    Networks.read(folder)
        .parameters()
        .forEach(
            (name, shape) ->
                entries.put(
                    name,
                    new SafetensorsWriter.Entry(
                        "F32", shape, () -> numbers(random, shape, name.contains("norm")))));
    return entries;
  }

  private static float[] numbers(Random random, long[] shape, boolean norm) {
    var values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < values.length; i++) {
      values[i] = norm ? 1 : (random.nextFloat() - 0.5f) * 0.07f; // deviation 0.02
    }
    return values;
  }
}
