package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;

/**
 * An array that is stored with what is trained but stays as it is: a projection, an index, a frozen
 * factor.
 *
 * @param array held as float32, whole numbers too
 * @param dtype as it is stored: F32, I64 or I32
 * @param derived whether a file may lack it, because it can be made again from the settings
 * @param repeated whether it is stored under another name as well: read where it is, never written
 */
public record Kept(NDArray array, String dtype, boolean derived, boolean repeated) {
  /** An array under its one name. */
  public Kept(NDArray array, String dtype, boolean derived) {
    this(array, dtype, derived, false);
  }

  /** Frozen numbers that every file must hold. */
  public static Kept of(NDArray array) {
    return new Kept(array, "F32", false);
  }

  /** Frozen numbers that the settings determine. */
  public static Kept derived(NDArray array) {
    return new Kept(array, "F32", true);
  }

  /** An array of this model under a further name, as PEFT repeats what layers share. */
  public static Kept repeated(NDArray array) {
    return new Kept(array, "F32", true, true);
  }
}
