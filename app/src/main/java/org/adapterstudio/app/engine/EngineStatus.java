package org.adapterstudio.app.engine;

/**
 * What is known of the interactive engine's process.
 *
 * @param phase of its life
 * @param device it computes on; empty before it is ready
 * @param threads it computes with; 0 before it is ready
 */
public record EngineStatus(Phase phase, String device, int threads) {
  /** Not started yet, or ended on request. */
  public static final EngineStatus ASLEEP = new EngineStatus(Phase.ASLEEP, "", 0);

  /** Where the process is in its life. */
  public enum Phase {
    /** Starts at the next request. */
    ASLEEP,
    /** Started, not heard from yet. */
    STARTING,
    /** Answers requests. */
    READY,
    /** Ended without being asked to. */
    STOPPED
  }
}
