package org.adapterstudio.contract.queue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a journal says about entries and grids. */
public record Deeds(List<Journal.Line> lines) {
  /**
   * Whether the keeper's last word on starting an entry is that it would, and nothing came of it
   * yet.
   *
   * @param run as the entry names it; empty for a command
   * @param startedSeq sequence number with which the run's last engine started
   */
  boolean startOpen(QueueEntry entry, String run, long startedSeq) {
    boolean open = false;
    for (Journal.Line line : lines) {
      switch (line.deed()) {
        case Deed.Launching deed when same(entry, deed.entry(), deed.round()) ->
            open = deed.run().equals(run) && startedSeq <= deed.seq();
        case Deed.StartFailed deed when same(entry, deed.entry(), deed.round()) -> open = false;
        default -> {}
      }
    }
    return open;
  }

  /** Why an entry could not be started in this round, first to last. */
  List<String> startFailures(QueueEntry entry) {
    return of(Deed.StartFailed.class)
        .filter(deed -> same(entry, deed.entry(), deed.round()))
        .map(Deed.StartFailed::sentence)
        .toList();
  }

  /** How often the keeper meant to start an entry in this round. */
  long starts(QueueEntry entry) {
    return of(Deed.Launching.class).filter(deed -> same(entry, deed.entry(), deed.round())).count();
  }

  /** When an entry last could not be started; 0 where it always could. */
  long lastStartFailure(QueueEntry entry) {
    return lines.stream()
        .filter(
            line ->
                line.deed() instanceof Deed.StartFailed deed
                    && same(entry, deed.entry(), deed.round()))
        .mapToLong(Journal.Line::time)
        .max()
        .orElse(0);
  }

  /** The stop that was asked of the engine which started with an event. */
  Optional<Deed.StopAsked> stop(QueueEntry entry, String run, long startedSeq) {
    return of(Deed.StopAsked.class)
        .filter(deed -> same(entry, deed.entry(), deed.round()))
        .filter(deed -> deed.run().equals(run) && deed.engine() == startedSeq)
        .findFirst();
  }

  /** The comparisons of a grid, first to last. */
  public List<Deed.Halved> halvings(String grid) {
    return of(Deed.Halved.class).filter(deed -> deed.grid().equals(grid)).toList();
  }

  /** The smaller batches that an entry was given, first to last. */
  public List<Deed.Shrunk> shrunk(String entry) {
    return of(Deed.Shrunk.class).filter(deed -> deed.entry().equals(entry)).toList();
  }

  /** When an entry was launched, in any round, first to last. */
  public List<Long> launches(String entry) {
    return lines.stream()
        .filter(line -> line.deed() instanceof Deed.Launching deed && deed.entry().equals(entry))
        .map(Journal.Line::time)
        .toList();
  }

  private <T extends Deed> Stream<T> of(Class<T> type) {
    return lines.stream().map(Journal.Line::deed).filter(type::isInstance).map(type::cast);
  }

  private static boolean same(QueueEntry entry, String id, int round) {
    return entry.id().equals(id) && entry.round() == round;
  }
}
