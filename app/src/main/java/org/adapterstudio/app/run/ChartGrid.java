package org.adapterstudio.app.run;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;

/**
 * Where the cards of a run stand, two in a row. A task with scores has them beside the loss, and
 * everything else moves on by one.
 */
final class ChartGrid {
  private static final int LOWEST = 208;
  private static final List<String> PLAIN =
      List.of("lossCard", "rankCard", "normCard", "valuesCard", "rateCard", "speedCard");
  private static final List<String> SCORED =
      List.of(
          "lossCard", "scoresCard", "rankCard", "valuesCard", "normCard", "speedCard", "rateCard");
  private final GridPane grid;
  private final Map<String, Node> cards;
  private List<String> order = List.of();

  /** A grid whose children are the cards, each with its id. */
  ChartGrid(GridPane grid) {
    this.grid = grid;
    cards = grid.getChildren().stream().collect(Collectors.toMap(Node::getId, card -> card));
  }

  /** Puts the cards into their places; what stands there already is not touched. */
  void arrange(boolean scored) {
    List<String> wanted = scored ? SCORED : PLAIN;
    if (wanted.equals(order)) {
      return;
    }
    order = wanted;
    grid.getChildren().clear();
    for (int i = 0; i < wanted.size(); i++) {
      boolean alone = i % 2 == 0 && i == wanted.size() - 1;
      grid.add(cards.get(wanted.get(i)), i % 2, i / 2, alone ? 2 : 1, 1);
    }
    grid.getRowConstraints().clear();
    for (int row = 0; row < (wanted.size() + 1) / 2; row++) {
      var height = new RowConstraints();
      height.setMinHeight(LOWEST);
      height.setVgrow(Priority.ALWAYS);
      grid.getRowConstraints().add(height);
    }
  }
}
