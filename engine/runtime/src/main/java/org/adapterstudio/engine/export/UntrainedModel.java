package org.adapterstudio.engine.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.tensor.SafetensorsWriter;

/**
 * A model of a known family whose weights are drawn instead of learnt, to train from scratch:
 * normal numbers for matrices and tables, norms that change nothing, biases of zero.
 *
 * @param deviation of the normal numbers ({@code initializer_range})
 * @param norm weight with which a norm changes nothing
 * @param scale of twin towers' logits at the start, as a logarithm
 */
public record UntrainedModel(Network network, double deviation, float norm, double scale) {
  /** What transformers takes where a config says nothing. */
  private static final double DEVIATION = 0.02;

  private static final double SCALE = 2.6592;

  /** What was written. */
  public record Written(long parameters, long bytes) {}

  /**
   * Writes a model in float32 for a folder's {@code config.json}, and copies what lies beside it.
   */
  public static Written write(Path from, Path to, long seed) {
    Network network = Networks.read(from);
    JsonNode config = Json.read(from.resolve("config.json"));
    JsonNode kind =
        ModelFamilies.find(network.sizes().modelType()).orElseThrow().shape().get("norm");
    boolean plusOne = kind != null && kind.asText().equals("rms_plus_one");
    var model =
        new UntrainedModel(
            network,
            config.path("initializer_range").asDouble(DEVIATION),
            plusOne ? 0 : 1,
            config.path("logit_scale_init_value").asDouble(SCALE));
    Companions.copy(from, to);
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    network
        .parameters()
        .forEach(
            (name, shape) ->
                entries.put(
                    name,
                    new SafetensorsWriter.Entry(
                        "F32", shape, () -> model.values(name, shape, seed))));
    Path weights = to.resolve("model.safetensors");
    long bytes = SafetensorsWriter.write(weights, entries, Map.of("format", "pt"));
    AtomicFile.write(to.resolve("config.json"), text(from.resolve("config.json")));
    return new Written(network.parameterCount(), bytes);
  }

  private float[] values(String name, long[] shape, long seed) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    if (shape.length == 0) {
      values[0] = (float) scale;
    } else if (name.endsWith(".bias")) {
      return values;
    } else if (shape.length == 1 && name.endsWith(".weight")) {
      Arrays.fill(values, norm);
    } else {
      RandomGenerator random =
          RandomGeneratorFactory.of("L64X128MixRandom")
              .create(new Draw(seed, 0, 0).seedFor(name, "init"));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * deviation);
      }
    }
    return values;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
