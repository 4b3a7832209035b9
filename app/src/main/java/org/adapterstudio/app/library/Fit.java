package org.adapterstudio.app.library;

import org.adapterstudio.contract.library.ModelEntry;

/** Whether training on a model would fit into the memory that is free now; a rough guess. */
public enum Fit {
  /** Well within. */
  FITS,
  /** Within, with little to spare. */
  TIGHT,
  /** More than is free. */
  TOO_BIG,
  /** Nothing to judge by. */
  UNKNOWN;

  /** What the engine needs besides the model: its runtime and small batches. */
  private static final long RESERVE = 1L << 30;

  /** Weights in float32 and a quarter more for adapter, gradients and activations. */
  static long need(ModelEntry model) {
    return model.parameters() * 5 + RESERVE;
  }

  /** The judgement for so many free bytes. */
  static Fit of(ModelEntry model, long memoryFree) {
    if (!model.sound() || model.parameters() == 0 || memoryFree <= 0) {
      return UNKNOWN;
    }
    double share = (double) need(model) / memoryFree;
    return share <= 0.75 ? FITS : share <= 1 ? TIGHT : TOO_BIG;
  }
}
