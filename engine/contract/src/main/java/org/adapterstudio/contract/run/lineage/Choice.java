package org.adapterstudio.contract.run.lineage;

import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Amendment;

/** How a person wants to go on with a run. */
public sealed interface Choice {
  /** The same run behind its newest sound checkpoint. */
  record Resume() implements Choice {}

  /** The same run behind an earlier checkpoint; what came later is set aside. */
  record Rewind(int step) implements Choice {}

  /**
   * The same run, more steps.
   *
   * @param steps more than it would make
   * @param rate what the learning rate does behind the last step made
   */
  record Extend(int steps, Amendment.Rate rate) implements Choice {}

  /**
   * A new run behind a checkpoint of this one.
   *
   * @param step of the checkpoint
   * @param recipe of the new run
   * @param optimizer whether the optimizer's numbers go on; they start from zero otherwise
   * @param sameBase whether a base at another place was found to be the same; asked only where the
   *     recipes name different places
   */
  record Branch(int step, Recipe recipe, boolean optimizer, boolean sameBase) implements Choice {}
}
