package org.adapterstudio.engine.plan;

import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Tokens;

/**
 * The heaviest pass that memory must hold.
 *
 * @param rows examples in it
 * @param length positions of the longest example, in encoder and decoder together
 * @param targets positions that a loss is computed at
 * @param heldOutRows examples of an evaluation's batch
 */
public record Load(int rows, int length, int targets, int heldOutRows) {
  private static final int MOST_HELD_OUT = 8;

  /** Of a recipe whose examples are not known: every row as long as it may be. */
  public static Load worst(Recipe recipe, Network network) {
    int rows = recipe.training().perDeviceTrainBatchSize();
    int context = network.sizes().contextLength();
    int asked = recipe.data().maxLength();
    int length = context > 0 ? Math.min(asked, context) : asked;
    return new Load(rows, length, rows * length, MOST_HELD_OUT);
  }

  /**
   * Of a micro-batch.
   *
   * @param labels of it
   * @param heldOut examples held out in all
   */
  public static Load of(Network network, Inputs in, long[] labels, int heldOut) {
    int rows = in.rows();
    int read = in.tokens() == null ? network.sizes().contextLength() : in.tokens().length();
    Tokens decoder = in.decoder();
    int written = decoder == null ? 0 : decoder.length();
    return new Load(
        rows, read + written, network.targets(in, labels), Math.min(MOST_HELD_OUT, heldOut));
  }

  /** Positions of all rows. */
  long positions() {
    return (long) rows * length;
  }

  /** Positions of an evaluation's batch. */
  long heldOutPositions() {
    return (long) heldOutRows * length;
  }
}
