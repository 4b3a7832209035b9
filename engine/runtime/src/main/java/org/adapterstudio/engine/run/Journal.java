package org.adapterstudio.engine.run;

import java.util.List;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.engine.watch.Watches;

/**
 * The log as a run writes it: the watches see every event, and their warnings follow it. Safe for
 * threads.
 */
final class Journal {
  private final EventLog log;
  private final Watches watches;

  /**
   * @param before events that count of earlier engines
   */
  Journal(EventLog log, Watches watches, List<Event> before) {
    this.log = log;
    this.watches = watches;
    watches.replay(before);
  }

  /** Writes an event. */
  synchronized void tell(Event event) {
    log.append(event);
    watches.see(event).forEach(log::append);
  }

  /** Writes an event that must not be lost. */
  void announce(Event event) {
    tell(event);
    log.sync();
  }
}
