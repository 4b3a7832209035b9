package org.adapterstudio.contract.run.seal;

/**
 * One thing in which a run differs from its seal, or two runs from each other.
 *
 * @param what a field of the recipe, a file's role or a fact's name
 * @param before as sealed, or of the first run; empty where there was none
 * @param now as it is, or of the second run; empty where there is none
 * @param meaning what follows from it, in a sentence
 */
public record SealDifference(
    Cause cause, Status status, String what, String before, String now, String meaning) {

  /** What was found. */
  public enum Status {
    /** Both are known and are not the same. */
    DIFFERS,
    /** What was sealed is not here. */
    MISSING,
    /** There is nothing sealed to compare with. */
    UNSEALED
  }

  /** Both are known and are not the same. */
  static SealDifference differs(Cause cause, String what, String before, String now) {
    return new SealDifference(cause, Status.DIFFERS, what, before, now, cause.meaning());
  }

  /** What was sealed is not here. */
  static SealDifference missing(Cause cause, String what, String before) {
    return new SealDifference(
        cause, Status.MISSING, what, before, "", "It is not here, so it cannot be compared.");
  }

  /** There is nothing sealed to compare with. */
  static SealDifference unsealed(Cause cause, String what, String why) {
    return new SealDifference(cause, Status.UNSEALED, what, "", "", why);
  }
}
