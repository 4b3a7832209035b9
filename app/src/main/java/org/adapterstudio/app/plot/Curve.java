package org.adapterstudio.app.plot;

/**
 * One line of a plot.
 *
 * @param name in legend and tooltip
 * @param series its points
 * @param ink its colour
 * @param smooth whether the smoothing slider acts on it: raw faint, smoothed above
 * @param right whether it is read on the right axis
 * @param unit how its values read
 */
public record Curve(String name, Series series, Ink ink, boolean smooth, boolean right, Unit unit) {
  /** A line on the left axis that is never smoothed. */
  public static Curve plain(String name, Series series, Ink ink, Unit unit) {
    return new Curve(name, series, ink, false, false, unit);
  }
}
