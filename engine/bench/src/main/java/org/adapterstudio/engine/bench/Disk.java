package org.adapterstudio.engine.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.engine.model.BaseModel;

/** Reading weights and writing events. */
final class Disk {
  private Disk() {}

  /** Reads a file from its first byte to its last. */
  static void read(Path file) {
    try (var channel = FileChannel.open(file)) {
      var buffer = ByteBuffer.allocateDirect(1 << 20);
      while (channel.read(buffer) >= 0) {
        buffer.clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads a base and touches every byte of its weights once, by the cheapest sum over them. */
  static void load(Path folder) {
    try (var base = BaseModel.load(folder, "float32")) {
      for (String name : base.names()) {
        base.parameter(name).sum().close();
      }
    }
  }

  /** Seconds that one event takes to append, over many. */
  static double event(int count) {
    try {
      Path file = Files.createTempFile("events", ".jsonl");
      try (EventLog log = EventLog.open(file)) {
        append(log, count);
        long start = System.nanoTime();
        append(log, count);
        return (System.nanoTime() - start) / 1e9 / count;
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(EventLog log, int count) {
    for (int i = 1; i <= count; i++) {
      log.append(new Event.Step(i, 1.25, 1e-4, 0.5, 0.1, 512, 600, 1L << 30, 0.8));
    }
  }
}
