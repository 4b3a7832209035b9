package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;

/** What a method does while it is trained, beside following its gradients. */
public interface Schedule {
  /** Called once, before the first step of a run or of its continuation. */
  default void begin(int totalSteps) {}

  /**
   * Called where a run goes on, after its arrays were assigned and before the {@link #state} is.
   *
   * @param step last update made
   */
  default void resume(int step) {}

  /**
   * Called before stored numbers are assigned: makes the arrays that they go into, where ranks grow
   * or shrink in training.
   *
   * @param shapes by names in the file
   */
  default void fit(Map<String, long[]> shapes) {}

  /** Settings as files shall say them, where training decides some. */
  default Recipe.Adapter settled(Recipe.Adapter settings) {
    return settings;
  }

  /**
   * A number that is added to the loss of every micro-batch, scaled with it; gradients pass back
   * through it.
   */
  default Optional<NDArray> penalty(Scope scope) {
    return Optional.empty();
  }

  /**
   * After the backward pass, before the update; may change the gradients in place.
   *
   * @param gradients by the trained arrays' names in the file, before clipping
   */
  default void gradients(Scope scope, int step, Map<String, NDArray> gradients) {}

  /** Decoupled weight decay of an update, where it is not the recipe's. */
  default OptionalDouble weightDecay(int step) {
    return OptionalDouble.empty();
  }

  /**
   * After the update of a step.
   *
   * @param gradients as {@link #gradients} left them
   * @return whether arrays were added or replaced, so that the optimizer must look again
   */
  default boolean updated(Scope scope, int step, Map<String, NDArray> gradients) {
    return false;
  }

  /**
   * What must be stored in a checkpoint beside the trained arrays, to be assigned in place; its
   * names and shapes follow from the trained arrays.
   */
  default SequencedMap<String, NDArray> state() {
    return new LinkedHashMap<>();
  }
}
