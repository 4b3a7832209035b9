package org.adapterstudio.contract.run;

/**
 * A change of a run's frozen settings, asked for after its start. It holds for the steps behind the
 * one at which an engine took it up, so that a trajectory stays a function of what is on disk.
 *
 * @param after last step made without it; null until an engine has taken it up
 * @param learningRateFactor the learning rate is multiplied by; null leaves it
 * @param onNonFinite replaces {@code training.on_non_finite}; null leaves it
 */
public record Adjustment(Integer after, Double learningRateFactor, String onNonFinite) {
  /** Half the learning rate. */
  public static Adjustment halfLearningRate() {
    return new Adjustment(null, 0.5, null);
  }

  /** Batches that give no numbers are left out. */
  public static Adjustment skippingNonFinite() {
    return new Adjustment(null, null, "skip");
  }

  /** The same, taken up behind a step. */
  public Adjustment takenUp(int step) {
    return new Adjustment(step, learningRateFactor, onNonFinite);
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
