package org.adapterstudio.app.shell;

import javafx.geometry.Pos;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Rectangle;

/**
 * The right drawer: beside the place where the window is wide enough for both, over it where the
 * place would be squeezed.
 */
final class Drawer implements AutoCloseable {
  private static final double WIDTH = 440;
  private static final double PLACE_NEEDS = 760;

  private final StackPane floor;
  private final SplitPane split;
  private Region node;

  Drawer(StackPane floor, SplitPane split) {
    this.floor = floor;
    this.split = split;
    floor.widthProperty().subscribe(this::arrange);
    var edge = new Rectangle(); // keeps the floating drawer's shadow inside the place
    edge.widthProperty().bind(floor.widthProperty());
    edge.heightProperty().bind(floor.heightProperty());
    floor.setClip(edge);
  }

  /** Shows a node as the drawer. */
  void open(Region drawer) {
    close();
    node = drawer;
    node.setPrefWidth(WIDTH);
    arrange();
  }

  @Override
  public void close() {
    if (node != null) {
      takeOut();
      node = null;
    }
  }

  private void arrange() {
    if (node == null) {
      return;
    }
    boolean beside = floor.getWidth() >= WIDTH + PLACE_NEEDS;
    if (beside && !split.getItems().contains(node)) {
      takeOut();
      node.setMaxWidth(Double.MAX_VALUE);
      SplitPane.setResizableWithParent(node, false);
      split.getItems().add(node);
      split.setDividerPositions(1 - WIDTH / floor.getWidth());
    } else if (!beside && !floor.getChildren().contains(node)) {
      takeOut();
      node.setMaxWidth(WIDTH);
      node.getStyleClass().add("drawer-floating");
      StackPane.setAlignment(node, Pos.CENTER_RIGHT);
      floor.getChildren().add(node);
    }
  }

  private void takeOut() {
    split.getItems().remove(node);
    floor.getChildren().remove(node);
    node.getStyleClass().remove("drawer-floating");
  }
}
