package org.adapterstudio.engine.task;

import java.nio.file.Path;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.model.network.Network;

/** A kind of work that adapters are trained for. One class, named by its card of kind task. */
public interface Task {
  /** Whether this is what a base was saved for. */
  boolean suits(Network network);

  /**
   * Reads and checks the examples of a recipe; no weight is opened.
   *
   * @param model folder of the base
   */
  Lesson lesson(Recipe recipe, Path model, LoadProgress progress);

  /**
   * The same examples for a person to look at, with everything worth a second look; bad ones are
   * told, not refused.
   *
   * @param rows how many to render
   */
  Reply.DataPreviewed preview(Recipe recipe, Path model, int rows, LoadProgress progress);
}
