package org.adapterstudio.engine.run;

import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.engine.data.LoadProgress;

/** Tells twice a second how far a run's preparation is; a stop that is asked for ends it. */
final class Preparing implements LoadProgress {
  private static final long PERIOD_NANOS = 500_000_000L;
  private final Journal journal;
  private final Inbox inbox;
  private long told = System.nanoTime();

  Preparing(Journal journal, Inbox inbox) {
    this.journal = journal;
    this.inbox = inbox;
  }

  @Override
  public void report(long done, long total) {
    if (due()) {
      journal.tell(new Event.Phase("tokenizing", done, total, "rows"));
    }
  }

  @Override
  public boolean cancelled() {
    return inbox.stopAsked();
  }

  /** Only quantizing takes long enough to be told. */
  void weightsLoaded(int done, int total) {
    if (due()) {
      journal.tell(new Event.Phase("loading", done, total, "weights"));
    }
  }

  /** Batches that a start state has read. */
  void calibrated(int done, int total) {
    if (inbox.stopAsked()) {
      throw new StudioException(new Failure("cancelled", "Calibrating was ended.", "", ""));
    }
    if (due() || done == 0) {
      journal.tell(new Event.Phase("calibrating", Math.min(done, total), total, "batches"));
    }
  }

  private boolean due() {
    boolean due = System.nanoTime() - told > PERIOD_NANOS;
    told = due ? System.nanoTime() : told;
    return due;
  }
}
