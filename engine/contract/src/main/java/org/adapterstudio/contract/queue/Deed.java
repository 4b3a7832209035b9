package org.adapterstudio.contract.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a keeper did or was about to do, as it stands in the queue's {@code journal.jsonl}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = Deed.Unknown.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Deed.Began.class, name = "began"),
  @JsonSubTypes.Type(value = Deed.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = Deed.Launching.class, name = "launching"),
  @JsonSubTypes.Type(value = Deed.StartFailed.class, name = "start_failed"),
  @JsonSubTypes.Type(value = Deed.StopAsked.class, name = "stop_asked"),
  @JsonSubTypes.Type(value = Deed.Halved.class, name = "halved"),
  @JsonSubTypes.Type(value = Deed.Shrunk.class, name = "shrunk")
})
public sealed interface Deed {
  /** A keeper took the queue. */
  record Began(long pid) implements Deed {}

  /** It left the queue because nothing was left to do. */
  record Ended(long pid) implements Deed {}

  /**
   * An entry's turn has come; written before anything is started.
   *
   * @param run folder of the run, as its entry names it; empty for a command
   * @param seq of the run's last event then: a later start is what came of this
   */
  record Launching(String entry, int round, String run, long seq) implements Deed {}

  /** Nothing could be started. */
  record StartFailed(String entry, int round, String sentence) implements Deed {}

  /**
   * A run was asked to save and stop; written before it is asked.
   *
   * @param engine sequence number of the event with which the asked engine started
   * @param step that the run had reached, or at which it is compared
   */
  record StopAsked(String entry, int round, String run, long engine, Reason reason, int step)
      implements Deed {}

  /** Why a keeper stops a run. */
  enum Reason {
    /** Quiet hours; it goes on afterwards. */
    @JsonProperty("quiet")
    QUIET,
    /** A step at which the runs of a grid are compared. */
    @JsonProperty("compare")
    COMPARE
  }

  /**
   * The runs of a grid were compared and the worse half does not go on.
   *
   * @param step at which they were compared
   * @param measure what was compared: eval_loss or training loss, smoothed
   * @param places from the best to the worst
   */
  record Halved(String grid, int step, String measure, List<Halving.Place> places)
      implements Deed {}

  /**
   * Memory ran out; a run with smaller micro-batches takes its place, the effective batch stays.
   *
   * @param from folder of the run that failed
   * @param to folder of the run that takes its place
   */
  record Shrunk(
      String entry,
      int round,
      String from,
      String to,
      int microBefore,
      int accumulationBefore,
      int micro,
      int accumulation)
      implements Deed {}

  /** A deed of a newer studio. */
  record Unknown() implements Deed {}
}
