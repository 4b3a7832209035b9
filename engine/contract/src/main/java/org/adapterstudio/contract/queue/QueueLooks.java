package org.adapterstudio.contract.queue;

import java.util.ArrayList;
import java.util.List;

/** Looks at a queue again and again: what every entry is doing, as the disk says. */
public final class QueueLooks {
  private final QueueFolder queue;
  private final RunLooks runs = new RunLooks();

  /** Looks at one queue. */
  public QueueLooks(QueueFolder queue) {
    this.queue = queue;
  }

  /** Every entry as it stands, first to last. */
  public List<Standing> look() {
    return look(new Deeds(queue.journal()));
  }

  /** The same with a journal that was read already. */
  public List<Standing> look(Deeds deeds) {
    var standings = new Standings(deeds);
    var all = new ArrayList<Standing>();
    queue.entries().forEach(entry -> all.add(one(standings, entry)));
    return standings.linked(all);
  }

  /** One entry, without what it comes after. */
  Standing look(QueueEntry entry) {
    return one(new Standings(new Deeds(queue.journal())), entry);
  }

  private Standing one(Standings standings, QueueEntry entry) {
    return switch (entry.work()) {
      case Work.Train work -> train(standings, entry, work);
      case Work.Act work -> standings.of(entry, work, ActFacts.look(queue.act(entry)));
    };
  }

  private Standing train(Standings standings, QueueEntry entry, Work.Train work) {
    List<Integer> compareAt = entry.grid() == null ? List.of() : entry.grid().halveAt();
    var run = queue.run(work);
    return standings.of(entry, work, run.name(), runs.look(run, work.since(), compareAt));
  }
}
