package org.adapterstudio.engine.memory;

/**
 * The largest anonymous memory between its opening and now, looked at every two milliseconds by a
 * thread of its own.
 */
public final class PeakWatch implements AutoCloseable {
  private static final long CLOSE_MILLIS = 2;
  private static final long RELAXED_MILLIS = 50;

  private volatile long period = CLOSE_MILLIS;
  private final Thread thread;
  private volatile long peak;
  private volatile boolean ended;

  /** Starts watching. */
  public PeakWatch() {
    look();
    thread = Thread.ofPlatform().daemon().name("peak-watch").start(this::watch);
  }

  /** Looks less often from now on: for a watch that lasts for hours. */
  public void relax() {
    period = RELAXED_MILLIS;
  }

  /** The peak so far, in bytes. */
  public synchronized long peak() {
    look();
    return peak;
  }

  private synchronized void look() {
    peak = Math.max(peak, ProcessMemory.now().anonymous());
  }

  private void watch() {
    while (!ended) {
      look();
      try {
        Thread.sleep(period);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}
