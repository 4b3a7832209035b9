package org.adapterstudio.engine.model.family;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How far back each layer reaches.
 *
 * @param window positions a local layer may look back, itself included; 0 is unlimited
 * @param kinds the config's own list of {@code layer_types}, which wins where it is present
 * @param butEvery every so many layers one reaches everywhere (Gemma 2 and 3); 0 is none
 * @param from first layer that has a window (Qwen 2)
 */
record Windows(int window, JsonNode kinds, int butEvery, int from) {
  /** The reach that a config asks for. */
  static Windows of(Settings settings) {
    boolean used = settings.absent("window_used") || settings.flag("window_used");
    return new Windows(
        used ? settings.count("window") : 0,
        settings.config().path("layer_types"),
        settings.count("window_but_every"),
        settings.count("window_from_layer"));
  }

  /** The reach of one layer; 0 is unlimited. */
  int of(int layer) {
    boolean local =
        kinds.isArray()
            ? kinds.path(layer).asText("").equals("sliding_attention")
            : layer >= from && (butEvery == 0 || (layer + 1) % butEvery != 0);
    return local ? window : 0;
  }
}
