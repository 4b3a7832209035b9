package org.adapterstudio.app.watch;

import org.adapterstudio.contract.run.RunFolder;

/**
 * Something a person wants to hear of while looking elsewhere.
 *
 * @param run the run it happened to; null where it is not one run's affair
 * @param sentence in words
 */
public record Happening(Kind kind, RunFolder run, String sentence) {
  /** What happened. */
  public enum Kind {
    /** A run made all its steps. */
    FINISHED(false),
    /** A run was stopped and can be resumed. */
    STOPPED(false),
    /** A run ended by a failure. */
    FAILED(true),
    /** A run met a number that is none. */
    NOT_FINITE(true),
    /** A run's engine is gone without a last word. */
    LOST(true),
    /** Several runs ended since the last look. */
    SEVERAL(false),
    /** Nothing waits in the queue any more, and nothing runs. */
    QUEUE_DONE(false),
    /** The disk that holds the runs is nearly full. */
    DISK_LOW(true);

    private final boolean bad;

    Kind(boolean bad) {
      this.bad = bad;
    }

    /** Whether somebody should see to it. */
    public boolean bad() {
      return bad;
    }
  }
}
