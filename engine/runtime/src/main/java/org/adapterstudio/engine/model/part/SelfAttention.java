package org.adapterstudio.engine.model.part;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.model.pass.Pass;

/** The half of a block in which positions see each other. */
public interface SelfAttention extends Part {
  /** Output [B, S, D] for normed input [B, S, D]. */
  NDArray forward(Pass pass, Frame frame, NDArray x);
}
