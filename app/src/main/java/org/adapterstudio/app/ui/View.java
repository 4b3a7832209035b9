package org.adapterstudio.app.ui;

import javafx.scene.Parent;
import org.adapterstudio.app.action.Actions;

/** A screen or a part of one: its scene-graph root, and the end of its subscriptions. */
public interface View extends AutoCloseable {
  /** The node to show. */
  Parent root();

  /** What can be done here by keys and through the palette. */
  default Actions actions() {
    return new Actions();
  }

  /** Ends every subscription and timer; the view is not shown again. */
  @Override
  default void close() {}
}
