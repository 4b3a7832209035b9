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
 * @param best which of its points is starred; with NONE its points are not marked at all
 * @param dash how its line is broken
 */
public record Curve(
    String name,
    Series series,
    Ink ink,
    boolean smooth,
    boolean right,
    Unit unit,
    Best best,
    Dash dash) {
  /** Which point of a curve is the best one. */
  public enum Best {
    /** No question of better or worse. */
    NONE,
    /** The smallest value. */
    LOWEST,
    /** The largest value. */
    HIGHEST
  }

  /** A line on the left axis that is never smoothed. */
  public static Curve plain(String name, Series series, Ink ink, Unit unit) {
    return new Curve(name, series, ink, false, false, unit, Best.NONE, Dash.SOLID);
  }

  /** The same, read on the right axis. */
  public Curve onTheRight() {
    return new Curve(name, series, ink, smooth, true, unit, best, dash);
  }

  /** The same, raw behind a smoothed line. */
  public Curve smoothed() {
    return new Curve(name, series, ink, true, right, unit, best, dash);
  }

  /** The same with a dot at each point, the best one starred. */
  public Curve marked(Best which) {
    return new Curve(name, series, ink, smooth, right, unit, which, dash);
  }

  /** The same as a line that is broken. */
  public Curve dashed(Dash other) {
    return new Curve(name, series, ink, smooth, right, unit, best, other);
  }
}
