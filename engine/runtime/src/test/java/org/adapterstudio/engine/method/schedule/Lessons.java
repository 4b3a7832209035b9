package org.adapterstudio.engine.method.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Trainings;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.train.Rows;
import org.adapterstudio.engine.train.Trainer;

/** A few steps on a few tokens, for methods that change while they are trained. */
final class Lessons {
  private static final long[] IDS = {1, 7, 3, 9, 2, 8, 4, 6, 11, 12, 13, 14};

  private Lessons() {}

  static Recipe.Adapter settings(String method, int rank, Map<String, JsonNode> knobs) {
    return new Recipe.Adapter(
        method, rank, 8.0, 0.0, null, null, null, null, null, null, knobs, null);
  }

  static Recipe.Training training(double rate, double decay) {
    return Trainings.with(
        "learning_rate",
        rate,
        "lr_scheduler_type",
        "constant",
        "warmup_ratio",
        0.0,
        "weight_decay",
        decay,
        "max_grad_norm",
        0.0);
  }

  /** Trains all steps of a run; the observer is called after each. */
  static void train(AdaptedModel model, int steps, IntConsumer after) {
    var rows = new Rows(Inputs.of(Tokens.of(IDS, 2)), IDS, new int[] {1, 2});
    try (var trainer = new Trainer(model, training(0.01, 0.01), steps)) {
      for (int step = 1; step <= steps; step++) {
        trainer.step(step, List.of(rows));
        after.accept(step);
      }
    }
  }

  static float[] logits(AdaptedModel model) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      Inputs in = Inputs.of(Tokens.of(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, 2));
      return model.network().outputs(pass, in, Tap.NONE).get("logits").toFloatArray();
    }
  }
}
