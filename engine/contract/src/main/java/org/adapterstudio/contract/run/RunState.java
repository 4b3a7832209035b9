package org.adapterstudio.contract.run;

/** What a run is doing, always derived from its folder and its lock, never stored. */
public enum RunState {
  /** Created, never started. */
  WAITING,
  /** The engine lives and has not reached its first step. */
  STARTING,
  /** The start state of the adapter is computed from sample rows. */
  CALIBRATING,
  /** Steps are being made. */
  TRAINING,
  /** A checkpoint or an export is being written. */
  SAVING,
  /** The engine lives, keeps everything in memory and makes no steps until told to go on. */
  PAUSED,
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

  /** Whether an engine holds the run. */
  public boolean live() {
    return switch (this) {
      case STARTING, CALIBRATING, TRAINING, SAVING, PAUSED, STOPPING -> true;
      case WAITING, STOPPED, FINISHED, FAILED, ENGINE_LOST -> false;
    };
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
