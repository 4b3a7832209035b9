package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;

/**
 * A frozen weight once more, in the layout that products with many rows are fastest in.
 *
 * @param forward for x W'
 * @param backward for g W
 */
public record PackedWeight(NDArray forward, NDArray backward) {}
