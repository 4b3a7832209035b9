package org.adapterstudio.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.adapterstudio.contract.run.RunFolder;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;

/**
 * A sign of life every two seconds from a thread of its own, so that a long step or save never
 * looks dead. Reads the process's memory on the way.
 */
final class Heartbeat implements AutoCloseable {
  private static final long PERIOD_MILLIS = 2000;
  private static final Path STATM = Path.of("/proc/self/statm");

  private final RunFolder run;
  private final Thread thread;
  private volatile long memory;
  private volatile boolean ended;

  Heartbeat(RunFolder run) {
    this.run = run;
    this.memory = residentBytes();
    this.thread = Thread.ofPlatform().daemon().name("heartbeat").start(this::beat);
  }

  /** Resident memory of this process in bytes, at most two seconds old. */
  long memory() {
    return memory;
  }

  private void beat() {
    while (!ended) {
      try {
        sign();
        memory = residentBytes();
        Thread.sleep(PERIOD_MILLIS);
      } catch (IOException e) {
        LoggerFactory.getLogger(Heartbeat.class).warn("No heartbeat written: {}", e.toString());
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Renamed into place, so that a kill leaves no empty file. */
  private void sign() throws IOException {
    Path beside = run.heartbeat().resolveSibling(".heartbeat.part");
    Files.writeString(beside, Instant.now().toString());
    Files.move(
        beside,
        run.heartbeat(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void pause() {
    try {
      Thread.sleep(PERIOD_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long residentBytes() {
    if (Files.isReadable(STATM)) {
      try {
        return Long.parseLong(Files.readString(STATM).split(" ")[1]) * 4096;
      } catch (IOException e) {
        // falls through to the portable way
      }
    }
    var system = new SystemInfo().getOperatingSystem();
    return system.getProcess(system.getProcessId()).getResidentSetSize();
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}
