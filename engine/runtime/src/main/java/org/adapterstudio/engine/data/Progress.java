package org.adapterstudio.engine.data;

import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;

/** Counts steps of a known number for a listener, and ends the work when it says so. */
final class Progress {
  private final LoadProgress listener;
  private final long total;
  private long done;

  Progress(LoadProgress listener, long total) {
    this.listener = listener;
    this.total = total;
  }

  /** One step is done; fails with kind "cancelled" where the listener wants an end. */
  void step() {
    if (listener.cancelled()) {
      throw new StudioException(new Failure("cancelled", "Reading the data was ended.", "", ""));
    }
    listener.report(++done, total);
  }
}
