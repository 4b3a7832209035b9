package org.adapterstudio.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.engine.plan.Planner;

/** Whether the run's disk can hold what the run will write. */
final class Disk {
  private Disk() {}

  /** Refuses a start that would end in a full disk, with both numbers. */
  static void check(RunFolder run, Recipe recipe) {
    try {
      long free = Files.getFileStore(run.path()).getUsableSpace();
      long needed = Planner.diskBytes(recipe);
      if (needed > free) {
        throw new StudioException(
            new Failure(
                "disk",
                "The disk is too small: this run needs about %,d MB and %,d MB are free on %s."
                    .formatted(needed / 1_000_000, free / 1_000_000, run.path()),
                "Free some space, choose another folder with --out, or lower save_total_limit.",
                ""));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
