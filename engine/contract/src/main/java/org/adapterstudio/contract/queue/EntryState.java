package org.adapterstudio.contract.queue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an entry of the queue is doing; derived at each look, never stored. */
public enum EntryState {
  /** Its turn has not come. */
  WAITING,
  /** A person holds it back. */
  HELD,
  /** What it comes after did not finish, so that its turn cannot come. */
  BLOCKED,
  /** Its engine is being started. */
  STARTING,
  /** At work. */
  RUNNING,
  /** Saved and stopped at a step where its grid is compared; the others are still on their way. */
  COMPARED,
  /** Done. */
  FINISHED,
  /** Stopped on request. */
  STOPPED,
  /** In the worse half of its grid; does not go on. */
  HALVED,
  /** Ended by a failure that trying again does not cure. */
  FAILED;

  /** Whether nothing more happens to it unless a person asks. */
  public boolean ended() {
    return this == FINISHED || this == STOPPED || this == HALVED || this == FAILED;
  }

  /** Whether its turn is still to come without anybody asking. */
  public boolean due() {
    return this == WAITING || this == STARTING || this == COMPARED;
  }

  /** Whether it holds a device. */
  public boolean atWork() {
    return this == STARTING || this == RUNNING;
  }

  /** The state in words, lower case; so it stands in JSON too. */
  @JsonValue
  public String words() {
    return name().toLowerCase(Locale.ROOT);
  }
}
