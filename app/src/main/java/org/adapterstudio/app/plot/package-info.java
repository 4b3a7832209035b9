/**
 * The studio's own plots on a canvas: curves, heat map, bars. Series, ranges, ticks, decimation,
 * smoothing and painting know no JavaFX; only the {@code *View} classes, {@code CanvasPen} and
 * {@code CanvasPlot} do. Must import neither the contract nor any screen.
 */
package org.adapterstudio.app.plot;
