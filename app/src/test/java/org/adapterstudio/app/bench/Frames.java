package org.adapterstudio.app.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;

/**
 * Counts what each frame of a scene costs the JavaFX thread: the work given and the layout pass
 * that draws, by the clock, and all that the thread computes from one frame to the next.
 */
final class Frames {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private final Scene scene;
  private final int warmUp;
  private final int counted;
  private final double[] clock;
  private final double[] processor;

  Frames(Scene scene, int warmUp, int counted) {
    this.scene = scene;
    this.warmUp = warmUp;
    this.counted = counted;
    this.clock = new double[counted];
    this.processor = new double[counted];
  }

  /** Runs work at the head of each frame until all frames are counted. */
  void run(Runnable work) {
    var done = new CompletableFuture<Void>();
    Platform.runLater(() -> new Counting(work, done).start());
    done.join();
  }

  /** Milliseconds of work and layout by the clock, frame by frame. */
  double[] clock() {
    return clock;
  }

  /** Milliseconds of processor time of the JavaFX thread, frame by frame. */
  double[] processor() {
    return processor;
  }

  /** Hangs on the scene's pulses while it counts. */
  private final class Counting extends AnimationTimer {
    private int frame = -1;
    private long layoutFrom;
    private long layout;
    private long took;
    private long computed;
    private final Runnable work;
    private final CompletableFuture<Void> done;
    private final Runnable before = () -> layoutFrom = System.nanoTime();
    private final Runnable after = () -> layout = System.nanoTime() - layoutFrom;

    Counting(Runnable work, CompletableFuture<Void> done) {
      this.work = work;
      this.done = done;
      scene.addPreLayoutPulseListener(before);
      scene.addPostLayoutPulseListener(after);
    }

    @Override
    public void handle(long now) {
      long cpu = THREADS.getCurrentThreadCpuTime();
      int at = frame - warmUp;
      if (at >= 0 && at < counted) {
        clock[at] = (took + layout) / 1e6;
        processor[at] = (cpu - computed) / 1e6;
      }
      frame++;
      if (at + 1 == counted) {
        stop();
        scene.removePreLayoutPulseListener(before);
        scene.removePostLayoutPulseListener(after);
        done.complete(null);
        return;
      }
      computed = THREADS.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      work.run();
      took = System.nanoTime() - start;
    }
  }
}
