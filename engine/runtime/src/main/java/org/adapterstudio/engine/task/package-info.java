/**
 * What a run teaches: how its data becomes inputs and labels, and how well held-out examples are
 * done. One class for each task, named by its card. Must not import run folders.
 */
package org.adapterstudio.engine.task;
