package org.adapterstudio.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.adapterstudio.engine.kernel.ComputeDevice;
import org.adapterstudio.engine.kernel.Kernels;

/** The first start unpacks some 430 MB of native libraries; this says how far it is. */
public final class Natives {
  /** About what PyTorch 2.7.1 for the CPU unpacks to, in megabytes. */
  public static final long TOTAL_MEGABYTES = 432;

  private static final long MEGABYTE = 1_000_000;

  private Natives() {}

  /**
   * Starts LibTorch on a device; while natives are being unpacked, reports the megabytes on disk so
   * far.
   */
  public static void start(String device, LongConsumer unpacked) {
    boolean there = bytes(cache()) / MEGABYTE >= TOTAL_MEGABYTES * 9 / 10;
    Thread watcher =
        Thread.ofPlatform().daemon().name("unpacking").unstarted(() -> watch(unpacked));
    if (!there) {
      watcher.start();
    }
    try {
      Kernels.start(ComputeDevice.choose(device));
    } finally {
      watcher.interrupt();
    }
  }

  private static void watch(LongConsumer unpacked) {
    while (!Thread.currentThread().isInterrupted()) {
      unpacked.accept(Math.min(bytes(cache()) / MEGABYTE, TOTAL_MEGABYTES));
      try {
        Thread.sleep(250);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static Path cache() {
    String set = System.getProperty("DJL_CACHE_DIR", System.getenv("DJL_CACHE_DIR"));
    return (set != null ? Path.of(set) : Path.of(System.getProperty("user.home"), ".djl.ai"))
        .resolve("pytorch");
  }

  private static long bytes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // files are being renamed into place
    }
  }
}
