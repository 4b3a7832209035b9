package org.adapterstudio.engine.model.pass;

import ai.djl.ndarray.NDArray;

/**
 * An update dW = s B A of a frozen weight.
 *
 * @param a A [r, in], trained
 * @param b B [out, r], trained
 */
public record LowRank(NDArray a, NDArray b, double s) {}
