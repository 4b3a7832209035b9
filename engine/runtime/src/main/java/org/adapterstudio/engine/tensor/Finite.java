package org.adapterstudio.engine.tensor;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;

/** Tensors that may only be written while all their numbers are finite. */
public final class Finite {
  private Finite() {}

  /**
   * The same entries, refusing to give numbers that are none.
   *
   * @param what they are, for the message: "The adapter"
   */
  public static SequencedMap<String, SafetensorsWriter.Entry> checked(
      String what, SequencedMap<String, SafetensorsWriter.Entry> entries) {
    var checked = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    entries.forEach(
        (name, entry) ->
            checked.put(
                name,
                new SafetensorsWriter.Entry(
                    entry.dtype(),
                    entry.shape(),
                    () -> numbers(what, name, entry.values().get()))));
    return checked;
  }

  private static float[] numbers(String what, String name, float[] values) {
    int bad = 0;
    for (float value : values) {
      bad += Float.isFinite(value) ? 0 : 1;
    }
    if (bad > 0) {
      throw new StudioException(
          new Failure(
              "non_finite",
              "%s is not written: %,d of the %,d numbers of %s are NaN or infinite."
                  .formatted(what, bad, values.length, name),
              "Go on from the last checkpoint with a lower learning rate.",
              ""));
    }
    return values;
  }
}
