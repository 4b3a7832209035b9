/**
 * The step of a training run: loss, gradient, clip, schedule, update. Must not import run folders.
 */
package org.adapterstudio.engine.train;
