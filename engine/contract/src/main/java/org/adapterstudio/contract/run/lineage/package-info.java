/**
 * How runs go on and come from each other: what a continuation restores and changes, branches, and
 * the tree they form. No DJL, no JavaFX.
 */
package org.adapterstudio.contract.run.lineage;
