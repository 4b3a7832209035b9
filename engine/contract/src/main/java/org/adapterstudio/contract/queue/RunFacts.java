package org.adapterstudio.contract.queue;

import java.util.Map;
import java.util.SortedMap;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.run.RunState;

/**
 * What a run's folder and lock say at one look, as far as a queue asks.
 *
 * @param readable whether its recipe could be read
 * @param state now
 * @param launches engines that took the run since it was queued
 * @param losses of these, how many went without a last word
 * @param ending the last word since it was queued
 * @param lastSeq sequence number of the last event; 0 before the first
 * @param startedSeq sequence number of the event with which the last engine started; 0 before
 * @param endedAt milliseconds since 1970 of the last event; 0 before the first
 * @param startedAt milliseconds since 1970 of the last engine's first event; 0 before the first
 * @param seconds at work since it was queued
 * @param failure that ended it; null where none did
 * @param step last one made
 * @param total steps planned; 0 while unknown
 * @param lastSave step of the last checkpoint; 0 where there is none
 * @param device of its recipe
 * @param micro rows in memory at once
 * @param accumulation micro-batches of one step
 * @param heldOut loss on held-out rows by step
 * @param trained training loss, smoothed, at the steps that were asked for
 */
public record RunFacts(
    boolean readable,
    RunState state,
    int launches,
    int losses,
    Ending ending,
    long lastSeq,
    long startedSeq,
    long endedAt,
    long startedAt,
    double seconds,
    Failure failure,
    int step,
    int total,
    int lastSave,
    String device,
    int micro,
    int accumulation,
    SortedMap<Integer, Double> heldOut,
    Map<Integer, Double> trained) {

  /** How the last engine's work ended. */
  public enum Ending {
    /** It never began, or goes on. */
    NONE,
    /** All steps are done. */
    FINISHED,
    /** It was asked to stop. */
    STOPPED,
    /** It said why it could not go on. */
    FAILED,
    /** It is gone without a last word. */
    LOST
  }

  /** Whether an engine holds the run. */
  public boolean live() {
    return state.live();
  }
}
