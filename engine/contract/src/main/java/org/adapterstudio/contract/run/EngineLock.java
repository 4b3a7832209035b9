package org.adapterstudio.contract.run;

import java.util.Optional;

/** The OS lock on {@code engine.lock}: held means the engine lives, whatever any file says. */
public final class EngineLock implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 2000;
  private final OsLock lock;

  private EngineLock(OsLock lock) {
    this.lock = lock;
  }

  /** Takes the lock for life, or nothing where another process has it. */
  public static Optional<EngineLock> take(RunFolder run) {
    return OsLock.take(run.lockFile(), PATIENCE_MILLIS).map(EngineLock::new);
  }

  /** Whether some process holds the run's lock. Never ask this of a run this very process holds. */
  public static boolean held(RunFolder run) {
    return OsLock.held(run.lockFile());
  }

  @Override
  public void close() {
    lock.close();
  }
}
