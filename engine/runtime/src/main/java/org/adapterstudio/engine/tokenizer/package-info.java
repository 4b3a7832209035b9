/**
 * Text to token ids and back, with the special tokens a model folder declares. Plain Java arrays
 * only: must not import tensors, JavaFX or the data package.
 */
package org.adapterstudio.engine.tokenizer;
