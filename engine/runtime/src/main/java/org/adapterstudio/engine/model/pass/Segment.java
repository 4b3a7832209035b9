package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;

/** A stretch of a network that can be computed again from its input alone, such as one block. */
@FunctionalInterface
public interface Segment {
  /** Output for an input, computed in the given pass. */
  NDArray forward(Pass pass, NDArray x);
}
