/**
 * Training data: files to rows, rows to token ids and labels, rows to batches. Plain Java arrays
 * only: must not import tensors, models or JavaFX.
 */
package org.adapterstudio.engine.data;
