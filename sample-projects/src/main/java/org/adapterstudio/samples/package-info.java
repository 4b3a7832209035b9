/**
 * What makes the sample projects: texts, tokenizer and untrained weights, all from a seed. Uses the
 * contract's JSON only; no DJL, no JavaFX, nothing of the engine.
 */
package org.adapterstudio.samples;
