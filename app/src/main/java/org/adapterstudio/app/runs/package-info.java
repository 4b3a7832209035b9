/**
 * The table of runs: one line a run, read from the run folders every two seconds. Must not import
 * the engine's runtime.
 */
package org.adapterstudio.app.runs;
