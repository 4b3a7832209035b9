package org.adapterstudio.app.run;

/** Short names of layers: {@code model.layers.14.self_attn.q_proj} reads {@code 14.q_proj}. */
final class LayerName {
  private LayerName() {}

  static String shortened(String name) {
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
