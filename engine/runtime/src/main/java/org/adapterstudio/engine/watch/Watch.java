package org.adapterstudio.engine.watch;

import java.util.Optional;
import org.adapterstudio.contract.run.Event;

/** Reads a run's events, in order, and may have something to warn of. */
public interface Watch {
  /** Key of its warnings; once one of them counts in a run's log, the watch is over. */
  String kind();

  /** Takes the next event. */
  Optional<Event.Warned> see(Event event);
}
