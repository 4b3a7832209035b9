/**
 * A training run from lock to last word: events, checkpoints, commands, results. Must not import
 * the interactive engine's loop.
 */
package org.adapterstudio.engine.run;
