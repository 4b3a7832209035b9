package org.adapterstudio.app.plot;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;

/** The step under the mouse, shared by every plot of a screen; NaN where there is none. */
public final class Crosshair {
  private final DoubleProperty x = new SimpleDoubleProperty(Double.NaN);

  /** The step under the mouse. */
  public DoubleProperty xProperty() {
    return x;
  }

  /** The step under the mouse. */
  public double x() {
    return x.get();
  }
}
