package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * What belongs to no single layer, by its whole name in the file, e.g. {@code
 * base_model.vblora_vector_bank}.
 *
 * @param trained arrays that every layer may read
 * @param kept frozen arrays
 * @param result what an adapter's file holds in place of the trained arrays, where these only lead
 *     to it
 */
public record Shared(
    SequencedMap<String, NDArray> trained,
    SequencedMap<String, Kept> kept,
    Optional<Result> result) {
  /** What PEFT puts before the names of what layers share. */
  public static final String PREFIX = "base_model.";

  /** What trained arrays lead to, by its name in the file. */
  public record Result(String name, Function<Pass, NDArray> array) {}

  /** Arrays that the file holds as they are. */
  public Shared(SequencedMap<String, NDArray> trained, SequencedMap<String, Kept> kept) {
    this(trained, kept, Optional.empty());
  }

  /** The same, training an array under a name too. */
  public Shared trains(String name, NDArray array) {
    trained.put(PREFIX + name, array);
    return this;
  }

  /** The same, keeping an array under a name too. */
  public Shared keeps(String name, Kept array) {
    kept.put(PREFIX + name, array);
    return this;
  }

  /** Nothing shared. */
  public static Shared none() {
    return new Shared(new LinkedHashMap<>(), new LinkedHashMap<>());
  }
}
