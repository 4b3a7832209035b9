package org.adapterstudio.engine.run;

import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;

/** Writes a run's checkpoints; where the disk is full the run pauses and owes one. */
final class Saving {
  private final RunFolder run;
  private final Journal journal;
  private final Orders orders;
  private final Disk disk;
  private final int keep;
  private long bytes;
  private String owed;

  /**
   * @param keep newest checkpoints that stay beside the best
   */
  Saving(RunFolder run, Journal journal, Orders orders, Disk disk, int keep) {
    this.run = run;
    this.journal = journal;
    this.orders = orders;
    this.disk = disk;
    this.keep = keep;
  }

  /** Reason of the checkpoint that found no room, until it is written. */
  Optional<String> owed() {
    return Optional.ofNullable(owed);
  }

  /** Writes a checkpoint; false where it is owed. */
  boolean save(Session session, Checkpoint.State state, String reason) {
    journal.announce(Event.Phase.of("saving"));
    long start = System.nanoTime();
    try {
      disk.makeSure(state.step(), bytes);
      bytes = Checkpoint.write(run, state, session.model(), session.trainer());
    } catch (StudioException e) {
      if (!e.failure().kind().equals(Disk.FULL)) {
        throw e;
      }
      waitForRoom(state.step(), e.failure(), reason);
      return false;
    }
    owed = null;
    double seconds = (System.nanoTime() - start) / 1e9;
    String folder = RunFolder.STEP + state.step();
    journal.tell(new Event.CheckpointSaved(state.step(), folder, bytes, seconds, reason));
    Checkpoint.prune(run, keep, state.bestStep());
    journal.announce(Event.Phase.of("training"));
    return true;
  }

  private void waitForRoom(int step, Failure failure, String reason) {
    owed = reason;
    String proof =
        failure.action() + " The run is paused and loses nothing; go on when there is room.";
    journal.tell(new Event.Warned(step, failure.sentence(), "disk_full", proof, List.of()));
    journal.announce(Event.Phase.of("training"));
    orders.pause(step);
  }
}
