package org.adapterstudio.contract.run.lineage;

import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;

/**
 * What happens when a run goes on: what is restored, what the person's settings say, and what
 * changes. {@link Continuations} computes it, window and command line show it.
 *
 * @param kind resume, rewind, extend or branch
 * @param run that goes on, or that is branched from
 * @param step the work goes on behind this one; 0 begins again
 * @param total steps in all then; 0 where unknown
 * @param restored from the checkpoint
 * @param chosen by the person, in place of the run's own settings
 * @param changes against going on unbroken
 * @param refusals why it cannot be done, in sentences; none where it can
 * @param recipe the settings that hold then
 * @param carried whether extensions of the run hold on in a branch
 */
public record Continuation(
    Kind kind,
    String run,
    int step,
    int total,
    List<Item> restored,
    List<Item> chosen,
    List<Item> changes,
    List<String> refusals,
    Recipe recipe,
    boolean carried) {
  public Continuation {
    restored = List.copyOf(restored);
    chosen = List.copyOf(chosen);
    changes = List.copyOf(changes);
    refusals = List.copyOf(refusals);
  }

  /** The four ways to go on. */
  public enum Kind {
    /** The same run, the same trajectory. */
    @com.fasterxml.jackson.annotation.JsonProperty("resume")
    RESUME,
    /** The same run from an earlier checkpoint. */
    @com.fasterxml.jackson.annotation.JsonProperty("rewind")
    REWIND,
    /** The same run, more steps. */
    @com.fasterxml.jackson.annotation.JsonProperty("extend")
    EXTEND,
    /** A new run from a checkpoint. */
    @com.fasterxml.jackson.annotation.JsonProperty("branch")
    BRANCH
  }

  /**
   * One line.
   *
   * @param what is restored, chosen or changed: a name such as "Optimizer moments", or a field
   * @param how in words
   */
  public record Item(String what, String how) {}

  /** Throws the first refusal, where there is one. */
  public void require() {
    if (!refusals.isEmpty()) {
      throw StudioException.badInput(refusals.getFirst(), "Nothing was changed.");
    }
  }
}
