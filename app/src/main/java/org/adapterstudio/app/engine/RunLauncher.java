package org.adapterstudio.app.engine;

import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.run.RunFolder;

/** Starts training engines as processes of their own that outlive window and terminal. */
@FunctionalInterface
public interface RunLauncher {
  /**
   * Starts an engine on a run folder, fresh or to be resumed; returns when the process is started.
   *
   * @throws org.adapterstudio.contract.StudioException where an engine already holds the run or
   *     none can be started
   */
  void launch(RunFolder run);

  /**
   * Starts a keeper of a queue, unless one is at work. A launcher without processes of its own
   * starts none: its queue waits until somebody keeps it.
   */
  default void keep(QueueFolder queue) {}
}
