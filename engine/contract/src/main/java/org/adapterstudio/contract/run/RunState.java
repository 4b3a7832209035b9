package org.adapterstudio.contract.run;

/** What a run is doing, always derived from its folder and its lock, never stored. */
public enum RunState {
  /** Created, never started. */
  WAITING,
  /** The engine lives and has not reached its first step. */
  STARTING,
  /** Steps are being made. */
  TRAINING,
  /** A checkpoint or an export is being written. */
  SAVING,
  /** A stop was asked for and the engine has not ended yet. */
  STOPPING,
  /** Stopped on request; can be resumed. */
  STOPPED,
  /** All steps done. */
  FINISHED,
  /** Ended by a failure. */
  FAILED,
  /** The engine is gone without a last word; can be resumed. */
  ENGINE_LOST;

  /** Whether an engine is at work. */
  public boolean live() {
    return this == STARTING || this == TRAINING || this == SAVING || this == STOPPING;
  }

  /** Whether a resume makes sense. */
  public boolean resumable() {
    return this == STOPPED || this == FAILED || this == ENGINE_LOST || this == WAITING;
  }

  /** The state in words, lower case. */
  public String words() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
