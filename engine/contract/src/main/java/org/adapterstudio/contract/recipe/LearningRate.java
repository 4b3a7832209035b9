package org.adapterstudio.contract.recipe;

import java.util.List;
import org.adapterstudio.contract.StudioException;

/**
 * The learning rate of every step, by the formulas of transformers: warm-up starts at 0, so that
 * the first update of a warmed-up run moves nothing.
 *
 * @param peak reached at the end of the warm-up
 * @param warmup updates
 * @param total updates
 */
public record LearningRate(String type, double peak, int warmup, int total) {
  /** The schedule of a recipe. */
  public static LearningRate of(Recipe.Training training, int total) {
    if (!List.of("linear", "cosine", "constant").contains(training.lrSchedulerType())) {
      throw StudioException.badInput(
          "training.lr_scheduler_type is \"" + training.lrSchedulerType() + "\".",
          "Use linear, cosine or constant.");
    }
    int warmup =
        training.warmupSteps() > 0
            ? training.warmupSteps()
            : (int) Math.ceil(total * training.warmupRatio());
    return new LearningRate(training.lrSchedulerType(), training.learningRate(), warmup, total);
  }

  /** The rate of an update, counted from 1. */
  public double at(int step) {
    int n = step - 1;
    if (n < warmup) {
      return peak * n / Math.max(1, warmup);
    }
    double progress = (double) (n - warmup) / Math.max(1, total - warmup);
    return switch (type) {
      case "linear" -> peak * Math.max(0, 1 - progress);
      case "cosine" -> peak * Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)));
      default -> peak;
    };
  }
}
