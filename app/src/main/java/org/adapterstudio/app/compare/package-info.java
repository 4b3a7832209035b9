/**
 * Two to eight runs beside each other: curves, results, the settings that differ, and why two of
 * them differ. Read from the run folders alone; must not import the engine's runtime.
 */
package org.adapterstudio.app.compare;
