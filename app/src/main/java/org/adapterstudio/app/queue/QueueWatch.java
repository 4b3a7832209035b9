package org.adapterstudio.app.queue;

import java.util.List;
import org.adapterstudio.app.engine.RunLauncher;
import org.adapterstudio.contract.queue.EntryState;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.QueueLooks;
import org.adapterstudio.contract.queue.Standing;

/**
 * Looks at a queue now and then while a window is open, and asks for a keeper where something is
 * due and none is at work, for instance after the computer was switched off. Called off the UI
 * thread.
 */
public final class QueueWatch {
  private static final long PAUSE_NANOS = 15_000_000_000L;
  private final QueueFolder queue;
  private final RunLauncher runs;
  private final QueueLooks looks;
  private long asked;

  /** A watch that has not looked yet. */
  public QueueWatch(QueueFolder queue, RunLauncher runs) {
    this.queue = queue;
    this.runs = runs;
    this.looks = new QueueLooks(queue);
    this.asked = System.nanoTime() - PAUSE_NANOS;
  }

  /** How many entries wait for their turn. */
  public synchronized int waiting() {
    List<Standing> all = looks.look();
    int waiting =
        (int)
            all.stream()
                .filter(
                    one -> one.state() == EntryState.WAITING || one.state() == EntryState.COMPARED)
                .count();
    boolean due = all.stream().anyMatch(one -> one.state().due());
    long now = System.nanoTime();
    if (due && now - asked >= PAUSE_NANOS && !queue.kept()) {
      asked = now; // it takes a moment until it holds the lock
      runs.keep(queue);
    }
    return waiting;
  }
}
