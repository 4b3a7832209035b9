package org.adapterstudio.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;

/**
 * Looks at a run's folder in the background, one look at a time, and hands what it saw to the UI
 * thread: new events piece by piece, so that a long log does not hold up the window, then the rest.
 */
final class RunWatch {
  private static final int PIECE = 4000; // events taken in at once: about 4 ms
  private static final long LONGEST = 500_000_000L; // ns between looks

  /** What becomes of a look. */
  interface Taker {
    /** What must be read beside a look; the one call that is not on the UI thread. */
    void read();

    /** The next events. */
    void take(List<EventLog.Entry> piece);

    /** Everything else, once all its events were taken. */
    void taken(RunLook look);

    /** The folder could not be read. */
    void unreadable(RuntimeException cause);
  }

  private final Services services;
  private final RunFolder run;
  private final RunHistory history;
  private final LogTail logTail;
  private final Taker taker;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile boolean closed;
  private long size = -1;
  private long lookedAt;

  RunWatch(Services services, RunFolder run, Taker taker) {
    this.services = services;
    this.run = run;
    this.history = new RunHistory(run);
    this.logTail = new LogTail(run.log());
    this.taker = taker;
  }

  /** Looks where the log has another size or the last look is half a second old. */
  void tick() {
    look(false);
  }

  /** Looks in any case. */
  void poll() {
    look(true);
  }

  /** Nothing is taken any more. */
  void close() {
    closed = true;
  }

  private void look(boolean always) {
    if (!closed && looking.compareAndSet(false, true)) {
      services.background().execute(() -> lookNow(always));
    }
  }

  private void lookNow(boolean always) {
    try {
      if (!due() && !always) {
        looking.set(false);
        return;
      }
      RunLook seen = RunLook.at(run, history, logTail);
      taker.read();
      services.uiThread().execute(() -> take(seen, 0));
    } catch (RuntimeException e) {
      looking.set(false);
      services.uiThread().execute(() -> unreadable(e));
    }
  }

  /** State, heartbeat and the engine's own log change without an event. */
  private boolean due() {
    long sizeNow = size(); // before the look: what comes in between is seen by the next one
    long time = System.nanoTime();
    boolean due = sizeNow != size || time - lookedAt >= LONGEST;
    if (due) {
      size = sizeNow;
      lookedAt = time;
    }
    return due;
  }

  private long size() {
    try {
      return Files.exists(run.events()) ? Files.size(run.events()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(RunLook seen, int from) {
    boolean more = false;
    try {
      if (!closed) {
        List<EventLog.Entry> fresh = seen.fresh();
        int to = Math.min(fresh.size(), from + PIECE);
        taker.take(fresh.subList(from, to));
        more = to < fresh.size();
        if (more) {
          services.uiThread().execute(() -> take(seen, to));
        } else {
          taker.taken(seen);
        }
      }
    } finally {
      if (!more) {
        looking.set(false);
      }
    }
  }

  private void unreadable(RuntimeException cause) {
    if (!closed) {
      taker.unreadable(cause);
    }
  }
}
