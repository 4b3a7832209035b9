package org.adapterstudio.app.plot;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/**
 * What all plots of a screen look at: the steps in view, the stretch being chosen, what lies on the
 * horizontal axis, and whether the view goes on with the newest step.
 */
public final class Viewport {
  private static final double SHORTEST = 2; // steps
  private static final double NEAR_END = 0.02; // of the length chosen
  private final ObjectProperty<Range> zoom = new SimpleObjectProperty<>();
  private final ObjectProperty<Range> brush = new SimpleObjectProperty<>();
  private final ObjectProperty<Abscissa> over = new SimpleObjectProperty<>(Abscissa.STEP);
  private final BooleanProperty following = new SimpleBooleanProperty(true);
  private double newest = 1;

  /** The steps in view; null for all. */
  public ReadOnlyObjectProperty<Range> zoomProperty() {
    return zoom;
  }

  /** The stretch that is being chosen; null where none is. */
  public ObjectProperty<Range> brushProperty() {
    return brush;
  }

  /** What lies on the horizontal axis. */
  public ObjectProperty<Abscissa> overProperty() {
    return over;
  }

  /** Whether the newest step stays in view. */
  public ReadOnlyBooleanProperty followingProperty() {
    return following;
  }

  /** The run went on, or back where a resume dropped steps. */
  public void grow(double newestStep) {
    newest = Math.max(1, newestStep);
    if (following.get() && zoom.get() != null) {
      moveToNewest();
    }
  }

  /** Looks at some steps; one that does not reach the newest one is not moved on. */
  public void look(Range steps) {
    double length = Math.clamp(steps.length(), Math.min(SHORTEST, newest), newest);
    double from = Math.clamp((steps.min() + steps.max() - length) / 2, 0, newest - length);
    zoom.set(new Range(from, from + length));
    following.set(following.get() && newest - from - length <= NEAR_END * length);
  }

  /** Looks at everything, the newest step with it. */
  public void lookAtAll() {
    brush.set(null);
    zoom.set(null);
    following.set(true);
  }

  /** Goes on with the newest step, or stays where it is. */
  public void follow(boolean on) {
    if (on) {
      boolean whole = zoom.get() != null && zoom.get().min() <= 0;
      if (whole) {
        zoom.set(null);
      } else if (zoom.get() != null) {
        moveToNewest();
      }
    } else if (zoom.get() == null) {
      zoom.set(new Range(0, newest));
    }
    following.set(on);
  }

  /** Moves the view by a share of its length, to the right where it is positive. */
  public void pan(double share) {
    if (zoom.get() != null) {
      double by = share * zoom.get().length();
      look(new Range(zoom.get().min() + by, zoom.get().max() + by));
    }
  }

  /** Makes the view longer or, below 1, shorter around a step. */
  public void scale(double factor, double around) {
    Range now = zoom.get() == null ? new Range(0, newest) : zoom.get();
    if (factor * now.length() >= newest) {
      lookAtAll();
      return;
    }
    double centre = now.contains(around) ? around : (now.min() + now.max()) / 2;
    look(new Range(centre - factor * (centre - now.min()), centre + factor * (now.max() - centre)));
  }

  private void moveToNewest() {
    double length = Math.min(zoom.get().length(), newest);
    zoom.set(new Range(newest - length, newest));
  }
}
