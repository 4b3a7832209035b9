package org.adapterstudio.app.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.Runs;

/**
 * What an earlier run with the same needs took. Reads run folders, so off the UI thread.
 *
 * @param run its name
 */
public record MeasuredBefore(String run, Event.MemoryMeasured memory) {
  /** The newest run of a project that needs what a recipe needs and was measured. */
  static Optional<MeasuredBefore> find(Path folder, Recipe recipe) {
    List<Object> needs = needs(recipe);
    for (RunFolder run : Runs.list(folder)) {
      Optional<Event.MemoryMeasured> found = measured(run, needs);
      if (found.isPresent()) {
        return found.map(memory -> new MeasuredBefore(run.name(), memory));
      }
    }
    return Optional.empty();
  }

  private static Optional<Event.MemoryMeasured> measured(RunFolder run, List<Object> needs) {
    try {
      return needs(run.recipe()).equals(needs)
          ? RunHistory.of(run).last(Event.MemoryMeasured.class)
          : Optional.empty();
    } catch (StudioException e) {
      return Optional.empty(); // the list of runs shows what is wrong with it
    }
  }

  /** Everything that memory depends on: not rates, seeds, lengths of the schedule or names. */
  static List<Object> needs(Recipe recipe) {
    Recipe.Training training = recipe.training();
    return List.of(
        recipe.model(),
        recipe.adapter(),
        String.valueOf(recipe.data().train()),
        recipe.data().maxLength(),
        recipe.data().packing(),
        training.perDeviceTrainBatchSize(),
        training.optimizer(),
        training.device(),
        training.activationCheckpointing(),
        training.offload());
  }
}
