/**
 * The keeper of a queue: starts what is due, one entry on a device at a time, watches the run
 * folders, and ends when nothing is left to do. It holds no state of its own; killed at any
 * instant, the next one goes on from the disk. Must not import JavaFX.
 */
package org.adapterstudio.app.keeper;
