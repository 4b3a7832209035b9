package org.adapterstudio.engine.plan;

import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Inputs;

/**
 * The heaviest pass that memory must hold.
 *
 * @param rows examples in it
 * @param length positions of the longest example; in encoder and decoder their mean over all layers
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
    int written = context > 0 ? Math.min(asked, context) : asked;
    int length =
        network instanceof EncoderDecoder model && !model.reads()
            ? passed(model, model.read(model.probe()), written)
            : written;
    return new Load(rows, length, rows * written, MOST_HELD_OUT);
  }

  /**
   * Of a micro-batch.
   *
   * @param labels of it
   * @param heldOut examples held out in all
   */
  public static Load of(Network network, Inputs in, long[] labels, int heldOut) {
    int rows = in.rows();
    int length =
        switch (network) {
          case EncoderDecoder model -> passed(model, model.read(in), labels.length / rows);
          default -> in.tokens() == null ? network.sizes().contextLength() : in.tokens().length();
        };
    return new Load(rows, length, network.targets(in, labels), Math.min(MOST_HELD_OUT, heldOut));
  }

  /** What is read passes the encoder's layers alone, what is written the decoder's. */
  private static int passed(EncoderDecoder model, int read, int written) {
    long encoder = model.encoder().blocks().size();
    long decoder = model.decoder().blocks().size();
    return Math.toIntExact(Math.ceilDiv(encoder * read + decoder * written, encoder + decoder));
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
