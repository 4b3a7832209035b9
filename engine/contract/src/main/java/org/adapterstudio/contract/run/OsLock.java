package org.adapterstudio.contract.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** An operating-system lock on a file: it falls however its holder ends, also by a kill. */
public final class OsLock implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final FileChannel channel;
  private final FileLock lock;

  private OsLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock until it is closed, or nothing where another process keeps it for longer than
   * the patience. A probe by {@link #held} owns the lock for an instant, so some patience is due.
   *
   * @param patienceMillis how long to try
   */
  public static Optional<OsLock> take(Path file, long patienceMillis) {
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      for (long waited = 0; waited <= patienceMillis; waited += PAUSE_MILLIS) {
        FileLock lock = tryLock(channel);
        if (lock != null) {
          return Optional.of(new OsLock(channel, lock));
        }
        Thread.sleep(PAUSE_MILLIS);
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Whether some process holds the lock. Never ask this of a file this very process holds. */
  public static boolean held(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var lock = tryLock(channel)) {
      return lock == null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this process
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
