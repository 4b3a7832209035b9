package org.adapterstudio.engine.run;

import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.queue.SmallerBatch;
import org.adapterstudio.contract.recipe.Recipe;

/** A lack of memory as a failure that says when it came and what helps. */
final class MemoryFailure {
  private MemoryFailure() {}

  /**
   * What ended a run.
   *
   * @param step last one made
   */
  static Failure of(Throwable cause, int step, Recipe.Training training) {
    Failure failure = Failure.of(cause);
    if (!SmallerBatch.wanted(failure)) {
      return failure;
    }
    int rows = training.perDeviceTrainBatchSize();
    String helps =
        SmallerBatch.of(rows, training.gradientAccumulationSteps())
            .map(
                batch ->
                    "Halve the micro-batch and double the accumulation to %d x %d: a step sees the same rows."
                        .formatted(batch.micro(), batch.accumulation()))
            .orElse(
                "Cut rows shorter (data.max_length), compute layers twice"
                    + " (training.activation_checkpointing), or keep the base in fewer bits.");
    return new Failure(
        SmallerBatch.KIND,
        "Memory ran out at step %d with %d rows in memory at once.".formatted(step + 1, rows),
        helps,
        failure.detail());
  }
}
