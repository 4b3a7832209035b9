package org.adapterstudio.contract.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a queue did: for the morning after.
 *
 * @param finished entries that are done
 * @param failed entries that failed
 * @param stopped entries that were stopped, by a person or as the worse half of a grid
 * @param open entries that run, wait, or are held back
 * @param seconds at work, all runs together
 * @param best the run with the lowest held-out loss; null where none was scored
 * @param items every entry: first what somebody should see to, then what is done, then the rest
 */
public record NightReport(
    int finished, int failed, int stopped, int open, double seconds, Best best, List<Item> items) {

  /** The best run and its loss on held-out rows. */
  public record Best(String name, double heldOut) {}

  /**
   * One entry.
   *
   * @param why how it came so, in one sentence; may be empty
   * @param settings what makes it differ in its grid
   * @param started milliseconds since 1970; 0 if never
   * @param ended milliseconds since 1970 of its last sign; 0 if none
   * @param seconds at work
   * @param heldOut lowest loss on held-out rows; null where it was not scored
   * @param again what was tried again and why, first to last
   */
  public record Item(
      String id,
      String name,
      EntryState state,
      String why,
      List<String> settings,
      int step,
      int total,
      long started,
      long ended,
      double seconds,
      Double heldOut,
      List<String> again) {}

  /** The report on entries as they stand. */
  public static NightReport of(List<Standing> all, Deeds deeds) {
    List<Item> items =
        all.stream()
            .map(one -> item(one, deeds))
            .sorted(Comparator.comparingInt(item -> urgency(item.state())))
            .toList();
    Optional<Item> best =
        items.stream()
            .filter(item -> item.heldOut() != null)
            .min(Comparator.comparingDouble(Item::heldOut));
    return new NightReport(
        count(items, EntryState.FINISHED),
        count(items, EntryState.FAILED),
        count(items, EntryState.STOPPED) + count(items, EntryState.HALVED),
        (int) items.stream().filter(item -> !item.state().ended()).count(),
        items.stream().mapToDouble(Item::seconds).sum(),
        best.map(item -> new Best(item.name(), item.heldOut())).orElse(null),
        items);
  }

  private static int urgency(EntryState state) {
    return switch (state) {
      case FAILED, BLOCKED -> 0;
      case FINISHED -> 1;
      case STOPPED, HALVED -> 2;
      case STARTING, RUNNING -> 3;
      case WAITING, HELD, COMPARED -> 4;
    };
  }

  private static int count(List<Item> items, EntryState state) {
    return (int) items.stream().filter(item -> item.state() == state).count();
  }

  private static Item item(Standing one, Deeds deeds) {
    RunFacts run = one.run();
    ActFacts.Outcome outcome = one.act() == null ? null : one.act().outcome();
    List<Long> launches = deeds.launches(one.id());
    return new Item(
        one.id(),
        one.name(),
        one.state(),
        one.why(),
        one.entry().grid() == null ? List.of() : one.entry().grid().settings(),
        run == null ? 0 : run.step(),
        run == null ? 0 : run.total(),
        launches.isEmpty() ? (run == null ? 0 : run.startedAt()) : launches.getFirst(),
        run != null ? run.endedAt() : outcome == null ? 0 : outcome.ended(),
        run != null
            ? run.seconds()
            : outcome == null ? 0 : (outcome.ended() - outcome.started()) / 1e3,
        run == null || run.heldOut().isEmpty()
            ? null
            : run.heldOut().values().stream().min(Double::compare).orElseThrow(),
        again(one, deeds));
  }

  private static List<String> again(Standing one, Deeds deeds) {
    var again = new ArrayList<String>();
    for (Deed.Shrunk deed : deeds.shrunk(one.id())) {
      again.add(
          "Memory ran out in %s; %s took its place with micro-batch %d x %d instead of %d x %d."
              .formatted(
                  last(deed.from()),
                  last(deed.to()),
                  deed.micro(),
                  deed.accumulation(),
                  deed.microBefore(),
                  deed.accumulationBefore()));
    }
    int losses = one.run() == null ? 0 : one.run().losses();
    if (losses > 0) {
      again.add("Its engine was lost " + (losses == 1 ? "once" : losses + " times") + ".");
    }
    for (String sentence : deeds.startFailures(one.entry())) {
      again.add("Could not be started: " + sentence);
    }
    if (one.entry().round() > 1) {
      again.add("Tried again on request.");
    }
    return again;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
