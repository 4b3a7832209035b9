package org.adapterstudio.app.ui;

import javafx.collections.ListChangeListener;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Lets Tab reach the dividers of a split pane and the arrow keys move them. */
public final class KeyboardDividers {
  private static final double STEP = 0.02;
  private static final String DONE = "KeyboardDividers.done";

  private KeyboardDividers() {}

  /** Does so for the dividers that are there and for those that come. */
  public static void install(SplitPane split) {
    split
        .getChildrenUnmodifiable()
        .addListener((ListChangeListener<Node>) _ -> install(split, false));
    install(split, true);
  }

  private static void install(SplitPane split, boolean first) {
    for (Node node : split.getChildrenUnmodifiable()) {
      boolean divider = node.getStyleClass().contains("split-pane-divider");
      if (divider && node.getProperties().put(DONE, first) == null) {
        node.setFocusTraversable(true);
        node.setAccessibleRole(AccessibleRole.THUMB);
        node.setAccessibleText(Messages.text("split.divider"));
        node.addEventHandler(KeyEvent.KEY_PRESSED, event -> move(split, node, event));
      }
    }
  }

  private static void move(SplitPane split, Node divider, KeyEvent event) {
    double by =
        event.getCode() == KeyCode.LEFT ? -STEP : event.getCode() == KeyCode.RIGHT ? STEP : 0;
    if (by != 0) {
      int at =
          split.getChildrenUnmodifiable().stream()
              .filter(node -> node.getStyleClass().contains("split-pane-divider"))
              .toList()
              .indexOf(divider);
      split.setDividerPosition(at, split.getDividerPositions()[at] + by);
      event.consume();
    }
  }
}
