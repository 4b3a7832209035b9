package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * A layer of two plain factors that are trained as they are, dW = s B A, so that its rank may
 * change while it is trained.
 */
public interface Resizable extends TrainedLayer {
  /** The layer it adapts. */
  Linear site();

  /** A, B and s now; of a convolution A [r, C, h, w] and B [out, r, 1, 1]. */
  LowRank factors();

  /** Whether nothing stands in the way. */
  boolean resizes();

  /** The alpha with which a rank has the scale s of now. */
  double alphaFor(int rank);

  /**
   * The same layer with other factors.
   *
   * @param a A [k, in]
   * @param b B [out, k]
   */
  Resizable resized(NDArray a, NDArray b, double alpha);
}
