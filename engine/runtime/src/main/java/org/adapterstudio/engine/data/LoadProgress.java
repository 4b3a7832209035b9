package org.adapterstudio.engine.data;

/** Hears how far the encoding of rows is, and may end it. */
@FunctionalInterface
public interface LoadProgress {
  /** Nobody listens, nobody cancels. */
  LoadProgress NONE = (done, total) -> {};

  /** Rows encoded so far, out of how many. */
  void report(long done, long total);

  /** Polled between rows; true ends the loading with a failure of kind "cancelled". */
  default boolean cancelled() {
    return false;
  }
}
