package org.adapterstudio.app.ui;

import javafx.scene.Parent;

/** A screen or a part of one: its scene-graph root, and the end of its subscriptions. */
public interface View extends AutoCloseable {
  /** The node to show. */
  Parent root();

  /** Ends every subscription and timer; the view is not shown again. */
  @Override
  default void close() {}
}
