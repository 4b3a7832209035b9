package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;

/**
 * An update dW = s B A of a frozen weight. A and B may be trained, frozen, or computed from what is
 * trained.
 *
 * @param a A [r, in]
 * @param b B [out, r]
 */
public record LowRank(NDArray a, NDArray b, double s) {}
