package org.adapterstudio.app.plot;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How a line is broken, so that lines are told apart without their colours too. */
public enum Dash {
  /** Not at all. */
  SOLID,
  /** Long strokes. */
  DASHED(6, 3),
  /** Short strokes. */
  DOTTED(2, 3),
  /** A long and a short stroke in turn. */
  DASH_DOT(6, 2, 2, 2);

  private final double[] lengths;

  Dash(double... lengths) {
    this.lengths = lengths;
  }

  /** Strokes and gaps in pixels; null for a line that is not broken. */
  public double[] lengths() {
    return this == SOLID ? null : lengths.clone();
  }

  /** The same as an attribute of SVG, a space before it; empty for a line that is not broken. */
  String svg() {
    return this == SOLID
        ? ""
        : Arrays.stream(lengths)
            .mapToObj(length -> Integer.toString((int) length))
            .collect(Collectors.joining(" ", " stroke-dasharray=\"", "\""));
  }
}
