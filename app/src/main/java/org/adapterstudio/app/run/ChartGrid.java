package org.adapterstudio.app.run;

import static javafx.scene.layout.Region.USE_PREF_SIZE;

import java.util.ArrayList;
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
  private static final String MEMORY = "memoryCard";
  private final GridPane grid;
  private final Map<String, Node> cards;
  private List<String> order = List.of();

  /** A grid whose children are the cards, each with its id. */
  ChartGrid(GridPane grid) {
    this.grid = grid;
    cards = grid.getChildren().stream().collect(Collectors.toMap(Node::getId, card -> card));
  }

  /**
   * Puts the cards into their places; what stands there already is not touched.
   *
   * @param scored whether the task has scores
   * @param measured whether the run's memory was measured
   */
  void arrange(boolean scored, boolean measured) {
    var wanted = new ArrayList<>(scored ? SCORED : PLAIN);
    if (measured) {
      wanted.add(MEMORY);
    }
    if (wanted.equals(order)) {
      return;
    }
    order = wanted;
    grid.getChildren().clear();
    grid.getRowConstraints().clear();
    for (int i = 0; i < wanted.size(); i++) {
      boolean alone = i % 2 == 0 && i == wanted.size() - 1;
      grid.add(cards.get(wanted.get(i)), i % 2, i / 2, alone ? 2 : 1, 1);
      if (i % 2 == 0) {
        grid.getRowConstraints().add(row(alone && wanted.get(i).equals(MEMORY)));
      }
    }
  }

  /** Charts share what room there is; a bar takes what it needs. */
  private static RowConstraints row(boolean bar) {
    var row = new RowConstraints();
    row.setMinHeight(bar ? USE_PREF_SIZE : LOWEST);
    row.setVgrow(bar ? Priority.NEVER : Priority.ALWAYS);
    return row;
  }
}
