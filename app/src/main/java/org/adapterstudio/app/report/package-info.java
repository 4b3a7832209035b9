/**
 * A finished run as one self-contained HTML page. Imports no JavaFX: reports are written where
 * there is no display.
 */
package org.adapterstudio.app.report;
