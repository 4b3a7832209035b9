package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What belongs to no single layer, by its whole name in the file, e.g. {@code
 * base_model.vblora_vector_bank}.
 *
 * @param trained arrays that every layer may read
 * @param kept frozen arrays
 */
public record Shared(SequencedMap<String, NDArray> trained, SequencedMap<String, Kept> kept) {
  /** Nothing shared. */
  public static Shared none() {
    return new Shared(new LinkedHashMap<>(), new LinkedHashMap<>());
  }
}
