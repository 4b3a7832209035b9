package org.adapterstudio.contract.run;

/**
 * A change of a run's frozen settings, asked for after its start. It holds for the steps behind the
 * one at which an engine took it up, so that a trajectory stays a function of what is on disk.
 *
 * @param after last step made without it; null until an engine has taken it up
 * @param learningRateFactor the learning rate is multiplied by; null leaves it
 * @param onNonFinite replaces {@code training.on_non_finite}; null leaves it
 */
public record Amendment(Integer after, Double learningRateFactor, String onNonFinite) {
  /** Half the learning rate. */
  public static Amendment halfLearningRate() {
    return new Amendment(null, 0.5, null);
  }

  /** Batches that give no numbers are left out. */
  public static Amendment skippingNonFinite() {
    return new Amendment(null, null, "skip");
  }

  /** The same, taken up behind a step. */
  public Amendment takenUp(int step) {
    return new Amendment(step, learningRateFactor, onNonFinite);
  }

  /** Whether no engine has taken it up yet. */
  public boolean pending() {
    return after == null;
  }

  /** Whether it holds for a step. */
  public boolean holds(int step) {
    return !pending() && step > after;
  }
}
