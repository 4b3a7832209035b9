package org.adapterstudio.engine.method.spectral;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/**
 * Orthogonal wavelets by name: their lowpass reconstruction filters. The numbers are those of PEFT,
 * whose coif4 is not quite orthogonal; its coif5 is left out, as PEFT cannot use it either.
 */
final class Wavelets {
  private static final Map<String, JsonNode> FILTERS = read();

  private Wavelets() {}

  /** The filter of a family such as db4, sym5, coif2; haar is db1. */
  static float[] reconstruction(String family) {
    JsonNode filter = FILTERS.get(family.equals("haar") ? "db1" : family);
    if (filter == null) {
      throw StudioException.badInput(
          "adapter.knobs.wavelet_family: there is no wavelet \"" + family + "\".",
          "Known: haar, " + String.join(", ", FILTERS.keySet()) + ".");
    }
    var numbers = new float[filter.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) filter.get(i).asDouble();
    }
    return numbers;
  }

  private static Map<String, JsonNode> read() {
    try (InputStream in = Wavelets.class.getResourceAsStream("wavelets.json")) {
      var filters = new java.util.LinkedHashMap<String, JsonNode>();
      Json.mapper()
          .readTree(in)
          .properties()
          .forEach(entry -> filters.put(entry.getKey(), entry.getValue()));
      return filters;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
