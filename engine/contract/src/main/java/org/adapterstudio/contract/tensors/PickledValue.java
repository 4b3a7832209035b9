package org.adapterstudio.contract.tensors;

import java.util.List;
import java.util.Map;

/** What stands in a pickle beside text, numbers, lists and maps. All of it is inert. */
sealed interface PickledValue {
  /** Python's None. */
  record None() implements PickledValue {}

  /** A name that the pickle would have imported. */
  record Name(String module, String name) implements PickledValue {
    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  /**
   * A run of numbers kept in a part of its own.
   *
   * @param type of its elements; null where only bytes are known
   * @param key name of the part
   * @param count of elements, or of bytes
   */
  record Storage(TorchType type, String key, long count) implements PickledValue {}

  /** A tensor: a view of a storage, in elements. */
  record View(Storage storage, TorchType type, long offset, List<Long> shape, List<Long> strides)
      implements PickledValue {}

  /** An object of a TorchScript program, with its fields. */
  final class Thing implements PickledValue {
    private Map<?, ?> fields = Map.of();

    Map<?, ?> fields() {
      return fields;
    }

    void fill(Map<?, ?> given) {
      fields = given;
    }
  }
}
