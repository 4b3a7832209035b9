package org.adapterstudio.app.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Short names of layers: {@code model.layers.14.self_attn.q_proj} reads {@code 14.q_proj}. */
final class LayerName {
  private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

  private LayerName() {}

  static String shortened(String name) {
    return KNOWN.computeIfAbsent(name, LayerName::shorten);
  }

  private static String shorten(String name) {
    String[] parts = name.split("\\.");
    String last = parts[parts.length - 1];
    for (String part : parts) {
      if (!part.isEmpty() && part.chars().allMatch(Character::isDigit)) {
        return part + "." + last;
      }
    }
    return last;
  }
}
