/**
 * One run, live or ended: its curves, spectra, samples, events, settings and log, replayed from the
 * run's folder. Reads files and drops commands; must not import the engine's runtime.
 */
package org.adapterstudio.app.run;
