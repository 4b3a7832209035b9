package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a start took out of the base: a layer's update is added to W - s B0 A0.
 *
 * @param a A0 [r, in]
 * @param b B0 [out, r]
 * @param made whether they were made here, so that a file may lack them
 */
public record Taken(NDArray a, NDArray b, boolean made) {
  /** Copies of a start's factors, where it takes them out. */
  public static Optional<Taken> of(Attachment at, Initializer.Start start) {
    return start.residual()
        ? Optional.of(new Taken(copy(at, start.a()), copy(at, start.b()), !at.start().stored()))
        : Optional.empty();
  }

  private static NDArray copy(Attachment at, NDArray array) {
    return at.owner().unrecorded().call("copy", array);
  }

  /** Puts what a file holds of the base under a layer into a map, by its suffix. */
  public static void keep(
      SequencedMap<String, Kept> kept, Optional<Taken> taken, Optional<Recoding> recoding) {
    taken.ifPresent(start -> keep(kept, start.a, start.b, start.made));
    recoding.ifPresent(own -> keep(kept, own.a(), own.b(), own.derived()));
  }

  private static void keep(SequencedMap<String, Kept> kept, NDArray a, NDArray b, boolean derived) {
    kept.put("lora_A0.weight", derived ? Kept.derived(a) : Kept.of(a));
    kept.put("lora_B0.weight", derived ? Kept.derived(b) : Kept.of(b));
  }
}
