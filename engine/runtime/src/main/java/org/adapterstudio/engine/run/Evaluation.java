package org.adapterstudio.engine.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.data.Batch;
import org.adapterstudio.engine.data.Dataset;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;

/** What data means for a run: steps, batches as the trainer takes them, held-out loss. */
public final class Evaluation {
  private static final int BATCH = 8;

  private Evaluation() {}

  /** max_steps where set, else as many updates as the epochs need. */
  public static int totalSteps(Recipe.Training training, int microBatchesPerEpoch) {
    if (training.maxSteps() > 0) {
      return training.maxSteps();
    }
    double microBatches = microBatchesPerEpoch * training.numTrainEpochs();
    return Math.max(1, (int) Math.ceil(microBatches / training.gradientAccumulationSteps()));
  }

  /** Mean loss over the held-out rows; empty where there are none. */
  public static Optional<Double> loss(AdaptedModel model, Dataset data) {
    return Trainer.evaluate(model, batches(data));
  }

  /** Held-out rows as the trainer takes them. */
  static List<Rows> batches(Dataset data) {
    return data.evalBatches(BATCH).stream().map(Evaluation::rows).toList();
  }

  /** A batch as the trainer takes it. */
  static Rows rows(Batch batch) {
    boolean packed = batch.packed();
    boolean padded = Arrays.stream(batch.attentionMask()).anyMatch(real -> real == 0);
    var in =
        Tokens.of(batch.inputIds(), batch.rows())
            .masked(padded ? batch.attentionMask() : null)
            .packed(packed ? batch.segmentIds() : null, packed ? batch.positionIds() : null);
    return new Rows(Inputs.of(in), batch.labels(), batch.lines());
  }
}
