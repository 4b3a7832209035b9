/**
 * The night plan on disk: entries in order, what the keeper did, and the pure rules that say what
 * comes next. States are derived from entries, run folders, locks and the journal, never stored. No
 * DJL, no JavaFX, no process is started here.
 */
package org.adapterstudio.contract.queue;
