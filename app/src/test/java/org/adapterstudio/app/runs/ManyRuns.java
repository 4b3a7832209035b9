package org.adapterstudio.app.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapterstudio.app.run.SyntheticRun;

/** As many run folders as one wants, all like one that was made. */
public final class ManyRuns {
  private ManyRuns() {}

  /** Copies a run's recipe and log into new folders beside it, called run-0000 and so on. */
  public static void like(SyntheticRun made, int count) {
    Path runs = made.run().path().getParent();
    try {
      byte[] recipe = Files.readAllBytes(made.run().recipeFile());
      byte[] log = Files.readAllBytes(made.run().events());
      for (int i = 0; i < count; i++) {
        Path run = Files.createDirectory(runs.resolve("run-%04d".formatted(i)));
        Files.createDirectory(run.resolve("inbox"));
        Files.write(run.resolve("recipe.json"), recipe);
        Files.write(run.resolve("events.jsonl"), log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
