package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;

/**
 * An update dW = s B A of a frozen weight.
 *
 * @param a A [r, in], trained or computed from what is trained
 * @param b B [out, r], likewise
 */
public record LowRank(NDArray a, NDArray b, double s) {}
