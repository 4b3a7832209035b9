package org.adapterstudio.app.compare;

import org.adapterstudio.app.plot.Dash;
import org.adapterstudio.app.plot.Ink;

/**
 * How one of the runs is known in every picture: by its number, its colour and how its line is
 * broken.
 *
 * @param number from 1
 */
record RunMark(int number) {
  private static final Ink[] INKS = {
    Ink.FIRST, Ink.SECOND, Ink.THIRD, Ink.FOURTH, Ink.FIFTH, Ink.SIXTH, Ink.SEVENTH, Ink.EIGHTH
  };

  Ink ink() {
    return INKS[(number - 1) % INKS.length];
  }

  Dash dash() {
    return Dash.values()[(number - 1) % Dash.values().length];
  }

  /** The style class that paints a line in its colour. */
  String style() {
    return "compare-ink-" + number;
  }
}
