package org.adapterstudio.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.StoredCheckpoint;

/** Run folders with sound checkpoints whose tensors are a few letters. */
public final class StoredRun {
  private StoredRun() {}

  /** A run of 100 steps that was finished, with checkpoints at these steps. */
  public static RunFolder finished(Path folder, int... checkpoints) {
    RunFolder run = stopped(folder, checkpoints);
    finish(run);
    return run;
  }

  /** What an engine leaves that makes step 100 and ends. */
  public static void train(RunFolder run, double loss) {
    write(run, new Event.Started(1, "0.1.0", "cpu", 2, 0), step(loss));
    finish(run);
  }

  private static void finish(RunFolder run) {
    write(
        run,
        new Event.Exported("adapter", run.adapter().toString(), 8_000_000, 1e-6),
        new Event.Finished(100, 812));
    write(run.adapter().resolve("adapter_model.safetensors"), "adapter");
  }

  private static Event.Step step(double loss) {
    return new Event.Step(100, loss, 1e-6, 0.5, 1, 900, 1100, 1L << 30, 0.8);
  }

  /** A run of 100 steps that was stopped at its end, with checkpoints at these steps. */
  public static RunFolder stopped(Path folder, int... checkpoints) {
    Recipe recipe =
        RecipeFile.with(
            new Recipe(1, null, Recipe.Model.of("/models/tiny"), null, null, null, null),
            java.util.List.of("training.max_steps=100", "data.train=/data/orders.jsonl"),
            folder);
    RunFolder run = RunFolder.create(folder, recipe);
    write(
        run,
        new Event.Started(1, "0.1.0", "cpu", 2, 0),
        new Event.Planned(100, 9315, 490, 0, 0, 1_228_800, 28_312_576),
        new Event.Evaluated(80, 1.4121, 490, true, 2, Map.of()),
        step(0.42),
        new Event.Stopped(100));
    for (int step : checkpoints) {
      checkpoint(run, step);
    }
    return run;
  }

  private static void checkpoint(RunFolder run, int step) {
    Path folder = run.checkpoint(step);
    write(folder.resolve(StoredCheckpoint.TRAINED), "trained " + step);
    write(folder.resolve(StoredCheckpoint.OPTIMIZER), "optimizer " + step);
    var state = Json.object().put("step", step);
    if (step >= 80) {
      state.put("best_eval_loss", 1.4121).put("best_step", 80);
    }
    state.set("adapter", Json.tree(run.recipe().adapter()));
    write(folder.resolve(StoredCheckpoint.STATE), Json.pretty(state));
    try {
      var hashes = StoredCheckpoint.hashes(folder);
      write(folder.resolve(StoredCheckpoint.MANIFEST), Json.pretty(hashes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(RunFolder run, Event... events) {
    try (EventLog log = EventLog.open(run.events())) {
      for (Event event : events) {
        log.append(event);
      }
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
