package org.adapterstudio.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.LongSupplier;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.engine.plan.Planner;

/** Whether the run's disk can hold what the run will write. */
final class Disk {
  /** Kind of a failure for want of room. */
  static final String FULL = "disk";

  /** Left free behind every checkpoint, for the log. */
  private static final long MARGIN = 4L << 20;

  private final LongSupplier free;

  /**
   * @param free bytes that can be written now
   */
  Disk(LongSupplier free) {
    this.free = free;
  }

  /** The disk that a run lies on. */
  static Disk of(RunFolder run) {
    return new Disk(
        () -> {
          try {
            return Files.getFileStore(run.path()).getUsableSpace();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Refuses a start that would end in a full disk, with both numbers. */
  void check(RunFolder run, Recipe recipe) {
    long needed = Planner.diskBytes(recipe);
    if (needed > free.getAsLong()) {
      throw new StudioException(
          new Failure(
              FULL,
              "The disk is too small: this run needs about %,d MB and %,d MB are free on %s."
                  .formatted(needed / 1_000_000, free.getAsLong() / 1_000_000, run.path()),
              "Free some space, choose another folder with --out, or lower save_total_limit.",
              ""));
    }
  }

  /**
   * Refuses a checkpoint that would not fit.
   *
   * @param bytes it takes; 0 while none was written
   */
  void makeSure(int step, long bytes) {
    long now = free.getAsLong();
    if (bytes > 0 && now < bytes + MARGIN) {
      throw new StudioException(
          new Failure(
              FULL,
              "There is no room for the checkpoint of step %d: it takes %,d kB and %,d kB are free."
                  .formatted(step, bytes / 1000, now / 1000),
              "Free some space on that disk; earlier checkpoints are intact.",
              ""));
    }
  }
}
