package org.adapterstudio.app.plot;

/**
 * The one scale of a heat map's colours, fixed over layers and time so that pictures compare.
 *
 * @param range values from the darkest to the brightest colour
 * @param unit word beside the legend
 */
public record HeatScale(Range range, String unit) {
  /** Where a value lies, 0 to 1 inside the range. */
  double share(double value) {
    return (value - range.min()) / range.length();
  }
}
