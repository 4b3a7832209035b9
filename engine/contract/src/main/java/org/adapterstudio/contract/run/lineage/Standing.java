package org.adapterstudio.contract.run.lineage;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Adjustments;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunHistory;
import org.adapterstudio.contract.run.RunState;
import org.adapterstudio.contract.run.StoredCheckpoint;

/**
 * Where a run stands, as far as going on with it needs to know.
 *
 * @param name of the run
 * @param recipe frozen
 * @param adjustments of the learning rate, asked for while it trained
 * @param step last step made
 * @param planned steps by the frozen recipe; 0 where the run never got to know
 * @param checkpoints ascending
 * @param result whether an adapter or a merged model was written
 */
public record Standing(
    String name,
    Recipe recipe,
    Amendments amendments,
    Adjustments adjustments,
    RunState state,
    int step,
    int planned,
    List<StoredCheckpoint> checkpoints,
    boolean result) {
  public Standing {
    checkpoints = List.copyOf(checkpoints);
  }

  /** Reads a run and hashes its checkpoints. */
  public static Standing of(RunFolder run) {
    var history = RunHistory.of(run);
    Recipe recipe = run.recipe();
    int planned =
        history.all(Event.Planned.class).stream()
            .findFirst()
            .map(Event.Planned::totalSteps)
            .orElse(Math.max(0, recipe.training().maxSteps()));
    List<StoredCheckpoint> checkpoints = StoredCheckpoint.all(run);
    return new Standing(
        run.name(),
        recipe,
        Amendments.of(run),
        Adjustments.of(run),
        history.state(),
        step(history, checkpoints),
        planned,
        checkpoints,
        Files.isDirectory(run.adapter()) || Files.isDirectory(run.model()));
  }

  /** A branch that has made no step of its own stands at its checkpoint. */
  private static int step(RunHistory history, List<StoredCheckpoint> checkpoints) {
    return history.step() > 0 || checkpoints.isEmpty()
        ? history.step()
        : checkpoints.getLast().step();
  }

  /** Steps in all, extensions included; 0 where unknown. */
  public int total() {
    return amendments.total(planned);
  }

  /** The learning rate of a step as it was or would be made, adjustments included. */
  double rate(int at) {
    return amendments.rates(recipe.training(), planned).at(at) * adjustments.learningRateFactor(at);
  }

  /** The newest checkpoint whose files are as its manifest says. */
  public Optional<StoredCheckpoint> newestSound() {
    return checkpoints.reversed().stream().filter(StoredCheckpoint::sound).findFirst();
  }

  /** The checkpoint of a step. */
  public Optional<StoredCheckpoint> checkpoint(int step) {
    return checkpoints.stream().filter(stored -> stored.step() == step).findFirst();
  }

  /** Whether every step was made. */
  public boolean finished() {
    return state == RunState.FINISHED;
  }
}
