package org.adapterstudio.contract.queue;

import java.util.List;

/**
 * One thing that waits for its turn, as it stands in {@code queue/entries/ID.json}.
 *
 * @param id unique in its queue; also the file's name
 * @param rank where it stands: lower comes first
 * @param added milliseconds since 1970
 * @param work what is done when its turn comes
 * @param after entries, or whole grids, that must have finished before
 * @param held a person said: not yet
 * @param round 1 at first, one more with each retry that a person asked for
 * @param grid its place in a grid; null where it belongs to none
 */
public record QueueEntry(
    String id,
    double rank,
    long added,
    Work work,
    List<String> after,
    boolean held,
    int round,
    GridPlace grid) {
  /** Fields that an older studio did not write. */
  public QueueEntry {
    after = after == null ? List.of() : List.copyOf(after);
    round = Math.max(1, round);
  }

  /** The same at another place. */
  public QueueEntry at(double otherRank) {
    return new QueueEntry(id, otherRank, added, work, after, held, round, grid);
  }

  /** The same with other work. */
  public QueueEntry doing(Work other) {
    return new QueueEntry(id, rank, added, other, after, held, round, grid);
  }

  /** The same, held or not. */
  public QueueEntry held(boolean now) {
    return new QueueEntry(id, rank, added, work, after, now, round, grid);
  }

  /** The same, tried anew. */
  public QueueEntry again(Work work) {
    return new QueueEntry(id, rank, added, work, after, false, round + 1, grid);
  }

  /**
   * The place of a run in a grid.
   *
   * @param grid id that all its runs share
   * @param settings what makes this run differ, as FIELD=VALUE
   * @param halveAt steps at which the worse half is stopped, ascending; empty where all go on
   */
  public record GridPlace(String grid, List<String> settings, List<Integer> halveAt) {
    /** Copies, so that nobody changes them. */
    public GridPlace {
      settings = settings == null ? List.of() : List.copyOf(settings);
      halveAt = halveAt == null ? List.of() : List.copyOf(halveAt);
    }
  }
}
