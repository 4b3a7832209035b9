package org.adapterstudio.engine.hostile;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.adapterstudio.contract.StudioException;

/** Lets a reader at one file under watch: time, memory of the Java heap, and how it ends. */
final class Guard implements AutoCloseable {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int SECONDS = 30;

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            var thread = new Thread(null, task, "hostile input");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * What a reading came to.
   *
   * @param refusal the sentence of a refusal; empty where the file was read
   * @param allocated bytes of the Java heap taken by any thread, freed ones included
   * @param nanos it took
   */
  record Outcome(String refusal, long allocated, long nanos) {
    boolean refused() {
      return !refusal.isEmpty();
    }
  }

  /** Reads a file; anything but success or a refusal in words is an error of this test. */
  Outcome read(Path file, Consumer<Path> reader) {
    var outcome = worker.submit(() -> watched(file, reader));
    // Second by second, so that a machine that sleeps meanwhile is not taken for a hang.
    for (int second = 0; second < SECONDS; second++) {
      try {
        return outcome.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        // not done yet
      } catch (ExecutionException e) {
        throw new AssertionError("ended in " + e.getCause(), e.getCause());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("not done after " + SECONDS + " s");
  }

  private static Outcome watched(Path file, Consumer<Path> reader) {
    long before = THREADS.getTotalThreadAllocatedBytes();
    long start = System.nanoTime();
    String refusal = "";
    try {
      reader.accept(file);
    } catch (StudioException e) {
      refusal = sentence(e);
    }
    long nanos = System.nanoTime() - start;
    return new Outcome(refusal, THREADS.getTotalThreadAllocatedBytes() - before, nanos);
  }

  private static String sentence(StudioException e) {
    boolean named = e.failure().kind().equals("bad_input") && !e.failure().action().isBlank();
    if (!named || e.failure().sentence().isBlank()) {
      throw new AssertionError("a refusal without words: " + e.failure(), e);
    }
    return e.failure().sentence();
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
