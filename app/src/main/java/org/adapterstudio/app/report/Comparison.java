package org.adapterstudio.app.report;

/**
 * The proof that the adapter learnt the task: base and adapter on the same held-out rows, beside an
 * adapter trained in the same way on answers dealt out at random.
 *
 * @param trainSeconds of the adapter's run
 */
public record Comparison(Score base, Score adapter, Score wrongLabelControl, double trainSeconds) {
  private static final double FAILS = 0.2;
  private static final double MASTERS = 0.9;

  /** Whether only the adapter trained on true answers can do the task. */
  public boolean convincing() {
    return base.exactMatch() < FAILS
        && wrongLabelControl.exactMatch() < FAILS
        && adapter.exactMatch() > MASTERS;
  }
}
