package org.adapterstudio.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.adapterstudio.contract.StudioException;

/** How rotary frequencies are stretched for longer contexts. */
public sealed interface RopeScaling {
  /** Frequencies as they are. */
  record None() implements RopeScaling {}

  /** All frequencies divided by one factor. */
  record Linear(double factor) implements RopeScaling {}

  /** Llama 3: long wavelengths divided, short kept, a smooth band between. */
  record Llama3(double factor, double lowFreqFactor, double highFreqFactor, double originalContext)
      implements RopeScaling {}

  /** Reads {@code rope_scaling} (or the newer {@code rope_parameters}) of a config. */
  static RopeScaling read(JsonNode node, String from) {
    String type = node.path("rope_type").asText(node.path("type").asText("default"));
    return switch (type) {
      case "default" -> new None();
      case "linear" -> new Linear(node.path("factor").asDouble(1));
      case "llama3" ->
          new Llama3(
              node.path("factor").asDouble(8),
              node.path("low_freq_factor").asDouble(1),
              node.path("high_freq_factor").asDouble(4),
              node.path("original_max_position_embeddings").asDouble(8192));
      default ->
          throw StudioException.badInput(
              from + ": rope_scaling type \"" + type + "\" is not supported.",
              "Supported: " + String.join(", ", List.of("default", "linear", "llama3")) + ".");
    };
  }

  /**
   * Inverse frequencies, one per pair of a head's numbers, in float32 as the reference computes
   * them.
   */
  default float[] inverseFrequencies(int headSize, double theta) {
    float[] frequencies = new float[headSize / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = (float) scaled(1.0 / Math.pow(theta, 2.0 * i / headSize));
    }
    return frequencies;
  }

  private double scaled(double frequency) {
    return switch (this) {
      case None _ -> frequency;
      case Linear linear -> frequency / linear.factor();
      case Llama3 l -> {
        double wavelength = 2 * Math.PI / frequency;
        double low = l.originalContext() / l.lowFreqFactor();
        double high = l.originalContext() / l.highFreqFactor();
        if (wavelength > low) {
          yield frequency / l.factor();
        }
        if (wavelength < high) {
          yield frequency;
        }
        double smooth =
            (l.originalContext() / wavelength - l.lowFreqFactor())
                / (l.highFreqFactor() - l.lowFreqFactor());
        yield (1 - smooth) * frequency / l.factor() + smooth * frequency;
      }
    };
  }
}
