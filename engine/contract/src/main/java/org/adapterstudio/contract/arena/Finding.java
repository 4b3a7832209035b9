package org.adapterstudio.contract.arena;

/**
 * What runs say about a claim of the literature, as a direction on a small scale.
 *
 * @param claim in one sentence
 * @param measure what was measured, and from which value on the claim shows
 * @param interval of the measure over seeds; null where the claim was not tested
 * @param bound the claim shows where the interval lies above it
 * @param note sizes and settings, or what is missing
 */
public record Finding(String claim, String measure, Interval interval, double bound, String note) {
  /** A claim whose method is not there. */
  public static Finding missing(String claim, String measure, String what) {
    return new Finding(claim, measure, null, 0, what);
  }

  /** Whether the claim shows, in words. */
  public String verdict() {
    if (interval == null) {
      return "not tested";
    }
    if (interval.low() > bound) {
      return "shows";
    }
    return interval.high() < bound ? "the opposite shows" : "does not show";
  }
}
