/**
 * Methods whose change is given by few numbers in another basis or at few places: Fourier, wavelet,
 * circulant, sparse. Must not import training, export or serving.
 */
package org.adapterstudio.engine.method.spectral;
