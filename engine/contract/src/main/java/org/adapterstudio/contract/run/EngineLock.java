package org.adapterstudio.contract.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The OS lock on {@code engine.lock}: held means the engine lives, whatever any file says. */
public final class EngineLock implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;

  private EngineLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock for life, or nothing where another process has it. A probe by {@link #held} owns
   * the lock for an instant, so this tries for two seconds.
   */
  public static Optional<EngineLock> take(RunFolder run) {
    try {
      var channel =
          FileChannel.open(run.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      for (int attempt = 0; attempt < 40; attempt++) {
        FileLock lock = tryLock(channel);
        if (lock != null) {
          label(channel);
          return Optional.of(new EngineLock(channel, lock));
        }
        Thread.sleep(50);
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

  /** A word for who looks into the file: its bytes mean nothing, its lock does. */
  private static void label(FileChannel channel) throws IOException {
    byte[] text = "Locked while an engine lives.\n".getBytes(StandardCharsets.US_ASCII);
    if (channel.size() != text.length) {
      channel.write(ByteBuffer.wrap(text), 0);
    }
  }

  /** Whether some process holds the run's lock. Never ask this of a run this very process holds. */
  public static boolean held(RunFolder run) {
    if (!Files.exists(run.lockFile())) {
      return false;
    }
    try (var channel = FileChannel.open(run.lockFile(), StandardOpenOption.WRITE);
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
