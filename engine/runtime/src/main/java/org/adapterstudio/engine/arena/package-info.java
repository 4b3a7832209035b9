/**
 * Arenas: every method on the same small tasks with the same number of steps, and what that says.
 * Must not import serving or run folders.
 */
package org.adapterstudio.engine.arena;
