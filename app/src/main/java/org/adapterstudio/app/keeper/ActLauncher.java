package org.adapterstudio.app.keeper;

import org.adapterstudio.contract.queue.QueueEntry;
import org.adapterstudio.contract.queue.QueueFolder;

/** Starts commands of a queue as processes of their own that outlive their keeper. */
@FunctionalInterface
public interface ActLauncher {
  /**
   * Starts an entry's command; returns when its process holds the act's lock or has ended.
   *
   * @throws org.adapterstudio.contract.StudioException where none can be started
   */
  void launch(QueueFolder queue, QueueEntry entry);
}
