package org.adapterstudio.app.cli;

import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.Adjustment;
import org.adapterstudio.contract.run.Adjustments;
import org.adapterstudio.contract.run.EngineLock;
import org.adapterstudio.contract.run.RunFolder;
import picocli.CommandLine.Option;

/** Settings that a resume may change; each is told in the run's log. */
final class AdjustmentChoice {
  @Option(
      names = "--halve-learning-rate",
      description = "From here on every step has half its learning rate.")
  private boolean halve;

  @Option(
      names = "--skip-bad-batches",
      description = "From here on batches whose loss or gradient is NaN or infinite are left out.")
  private boolean skip;

  /** Asks the next engine for them; refuses where an engine is at work. */
  void add(RunFolder run) {
    if ((halve || skip) && EngineLock.held(run)) {
      throw StudioException.badInput(
          "An engine is at work on the run " + run.name() + "; such settings change at a resume.",
          "Stop it first.");
    }
    if (halve) {
      Adjustments.add(run, Adjustment.halfLearningRate());
    }
    if (skip) {
      Adjustments.add(run, Adjustment.skippingNonFinite());
    }
  }
}
