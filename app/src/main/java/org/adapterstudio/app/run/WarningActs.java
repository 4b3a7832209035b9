package org.adapterstudio.app.run;

import java.util.Map;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.Adjustment;
import org.adapterstudio.contract.run.Adjustments;
import org.adapterstudio.contract.run.Command;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;

/** What the buttons of a warning say and do. */
final class WarningActs {
  private final Services services;
  private final RunFolder run;
  private final Recipe recipe;
  private final Runnable resume;

  /**
   * @param resume starts an engine on the run
   */
  WarningActs(Services services, RunFolder run, Recipe recipe, Runnable resume) {
    this.services = services;
    this.run = run;
    this.recipe = recipe;
    this.resume = resume;
  }

  /** Whether an act makes sense now. */
  static boolean offered(Act act, RunState state, Adjustments adjustments) {
    return switch (act) {
      case Act.StopKeepBest _ -> state.live() && state != RunState.STOPPING;
      case Act.HalveLearningRate _ ->
          (state.live() || state.resumable()) && !adjustments.learningRatePending();
      case Act.SkipBatches _ -> state.resumable();
      case Act.PlanRank _, Act.PlanBatch _ -> true;
      case Act.Unknown _ -> false;
    };
  }

  /** The button's text. */
  static String label(Act act) {
    return switch (act) {
      case Act.StopKeepBest best -> Messages.text("run.act.keepBest", best.step());
      case Act.HalveLearningRate _ -> Messages.text("run.act.halve");
      case Act.PlanRank plan -> Messages.text("run.act.rank", plan.rank());
      case Act.PlanBatch plan ->
          Messages.text("run.act.batch", plan.rows() + " \u00d7 " + plan.accumulation());
      case Act.SkipBatches _ -> Messages.text("run.act.skip");
      case Act.Unknown _ -> "";
    };
  }

  /** Does it. */
  void perform(Act act) {
    switch (act) {
      case Act.StopKeepBest best -> {
        run.send(new Command.StopKeepBest(best.step()));
        services.dialogs().notify(Messages.text("run.act.keepBest.done", best.step()));
      }
      case Act.HalveLearningRate _ -> {
        Adjustments.add(run, Adjustment.halfLearningRate());
        services.dialogs().notify(Messages.text("run.act.halve.done"));
      }
      case Act.SkipBatches _ -> {
        Adjustments.add(run, Adjustment.skippingNonFinite());
        resume.run();
      }
      case Act.PlanRank plan -> services.navigator().showTrain(ranked(plan.rank()));
      case Act.PlanBatch plan -> services.navigator().showTrain(batched(plan));
      case Act.Unknown _ -> {}
    }
  }

  /** The same scale alpha / r at another rank. */
  private Recipe ranked(int rank) {
    Recipe.Adapter adapter = recipe.adapter();
    double alpha = adapter.alpha() * rank / adapter.rank();
    return recipe.named(null).adapting(adapter.scaled(rank, alpha, Map.of(), Map.of()));
  }

  private Recipe batched(Act.PlanBatch plan) {
    Recipe.Training training = recipe.training().batched(plan.rows(), plan.accumulation());
    return recipe.named(null).training(training);
  }
}
