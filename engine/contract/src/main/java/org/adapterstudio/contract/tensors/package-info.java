/** What a safetensors file says of itself, read without loading a tensor. No DJL, no JavaFX. */
package org.adapterstudio.contract.tensors;
