package org.adapterstudio.contract.queue;

/**
 * An entry with what the disk says of it.
 *
 * @param entry as it stands in the queue
 * @param state derived
 * @param why one sentence where the state alone does not tell; else empty
 * @param run of a train entry; null for a command
 * @param act of a command; null for a train entry
 * @param name of the run, or the command line
 * @param device that it needs
 * @param smaller the batch to try next; null where memory did not run out
 * @param asked the stop that the keeper asked of its present engine; null where it did not
 * @param notBefore milliseconds since 1970 before which it is not tried again; 0 for at once
 */
public record Standing(
    QueueEntry entry,
    EntryState state,
    String why,
    RunFacts run,
    ActFacts act,
    String name,
    String device,
    SmallerBatch smaller,
    Deed.StopAsked asked,
    long notBefore) {

  /** Its id. */
  public String id() {
    return entry.id();
  }

  /** The same in another state. */
  Standing as(EntryState other, String sentence) {
    return new Standing(entry, other, sentence, run, act, name, device, smaller, asked, notBefore);
  }

  /** Whether it belongs to a grid. */
  boolean in(String grid) {
    return entry.grid() != null && entry.grid().grid().equals(grid);
  }
}
