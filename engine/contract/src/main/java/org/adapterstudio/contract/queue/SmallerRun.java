package org.adapterstudio.contract.queue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.contract.run.lineage.Choice;
import org.adapterstudio.contract.run.lineage.GoingOn;

/**
 * The run that takes the place of one whose memory ran out: a branch from its newest sound
 * checkpoint, so that no step is made twice, else a run from the start.
 */
public final class SmallerRun {
  private SmallerRun() {}

  /** Makes it in a folder that is not there yet. */
  public static RunFolder make(RunFolder before, SmallerBatch batch, Path folder) {
    Recipe recipe = batch.in(before.recipe(), folder.getFileName().toString());
    return newestSound(before)
        .flatMap(step -> branch(before, step, recipe, folder))
        .orElseGet(() -> RunFolder.create(folder, recipe));
  }

  /** Whether a folder holds the run that was to be made. */
  public static boolean is(RunFolder run, RunFolder before, SmallerBatch batch) {
    return Files.exists(run.recipeFile())
        && run.recipe().equals(batch.in(before.recipe(), run.name()));
  }

  private static Optional<Integer> newestSound(RunFolder run) {
    return StoredCheckpoint.all(run).reversed().stream()
        .filter(StoredCheckpoint::sound)
        .map(StoredCheckpoint::step)
        .findFirst();
  }

  private static Optional<RunFolder> branch(
      RunFolder before, int step, Recipe recipe, Path folder) {
    try {
      var choice = new Choice.Branch(step, recipe, true, true);
      return Optional.of(GoingOn.prepare(before, choice, folder));
    } catch (StudioException e) {
      return Optional.empty(); // the checkpoint does not suit; the steps are made again
    }
  }
}
