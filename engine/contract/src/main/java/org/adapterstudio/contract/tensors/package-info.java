/**
 * What a safetensors file or a PyTorch file says of itself, read without loading a tensor and
 * without running anything. No DJL, no JavaFX.
 */
package org.adapterstudio.contract.tensors;
