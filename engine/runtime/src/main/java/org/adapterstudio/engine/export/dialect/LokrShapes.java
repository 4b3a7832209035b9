package org.adapterstudio.engine.export.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.method.lowrank.Lokr;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.tensor.Values;

/**
 * What the shapes of a LoKr's tensors tell of its settings. LyCORIS takes the scale 1 where both
 * factors are whole, whatever alpha is.
 */
final class LokrShapes {
  private LokrShapes() {}

  /** Whether tensors are those of a LoKr. */
  static boolean are(Map<String, Values> own) {
    return own.keySet().stream().anyMatch(name -> name.startsWith("lokr_"));
  }

  /** Whether neither factor is a product. */
  static boolean whole(Iterable<String> names) {
    boolean product = false;
    for (String name : names) {
      product |= name.endsWith("_a");
    }
    return !product;
  }

  /** Rank of a layer's products; without any, one from which on both factors are whole. */
  static int rank(Map<String, Values> own) {
    for (String rows : new String[] {"lokr_w2_b", "lokr_w1_b"}) {
      if (own.containsKey(rows)) {
        return side(own, rows, 0);
      }
    }
    return Math.ceilDiv(Math.max(side(own, "lokr_w2", 0), side(own, "lokr_w2", 1)), 2);
  }

  /** The knobs under which all layers' factors have these shapes. */
  static Map<String, JsonNode> knobs(Path file, SequencedMap<Linear, Map<String, Values>> layers) {
    boolean both = layers.values().stream().anyMatch(own -> own.containsKey("lokr_w1_a"));
    var knobs = new LinkedHashMap<String, JsonNode>();
    knobs.put("decompose_both", Json.tree(both));
    knobs.put("decompose_factor", Json.tree(factor(file, layers)));
    return knobs;
  }

  private static int factor(Path file, SequencedMap<Linear, Map<String, Values>> layers) {
    var candidates = new LinkedHashSet<Integer>();
    candidates.add(-1);
    layers
        .values()
        .forEach(
            own -> {
              candidates.add(rows(own));
              candidates.add(columns(own));
            });
    return candidates.stream()
        .filter(factor -> layers.entrySet().stream().allMatch(one -> fits(factor, one)))
        .findFirst()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    file + ": its layers are factored in no way that is known here.",
                    "Check that the adapter belongs to this base."));
  }

  private static boolean fits(int factor, Map.Entry<Linear, Map<String, Values>> layer) {
    return Lokr.factored(layer.getKey().out(), factor)[0] == rows(layer.getValue())
        && Lokr.factored(layer.getKey().in(), factor)[0] == columns(layer.getValue());
  }

  private static int rows(Map<String, Values> own) {
    return side(own, own.containsKey("lokr_w1") ? "lokr_w1" : "lokr_w1_a", 0);
  }

  private static int columns(Map<String, Values> own) {
    return side(own, own.containsKey("lokr_w1") ? "lokr_w1" : "lokr_w1_b", 1);
  }

  /** A side of a tensor; 1 where it is missing, which is named when the numbers are assigned. */
  private static int side(Map<String, Values> own, String name, int side) {
    Values values = own.get(name);
    return values == null || values.shape().length <= side ? 1 : (int) values.shape()[side];
  }
}
