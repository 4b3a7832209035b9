package org.adapterstudio.app.run;

import static javafx.scene.layout.Region.USE_PREF_SIZE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;

/**
 * Where the cards of a run stand: two in a row, six of them, the others behind a button. A person
 * pins and moves them; a bar comes last. More cards may be added by whoever has one to show.
 */
final class ChartGrid {
  private static final int LOWEST = 208;
  private static final int MOST = 6;
  private final GridPane grid;
  private final Button more;
  private final ChartMemory memory;
  private final Map<String, CardHead> cards = new LinkedHashMap<>();
  private List<String> natural = List.of();
  private List<String> shown = List.of();
  private final String bar;
  private boolean barShown;

  /**
   * A grid whose children are the cards, each with its id.
   *
   * @param more shows the cards behind the first six
   * @param bar id of the card that is only a bar: it always stands below the others
   */
  ChartGrid(GridPane grid, Button more, String bar, ChartMemory memory) {
    this.bar = bar;
    this.grid = grid;
    this.more = more;
    this.memory = memory;
    List.copyOf(grid.getChildren()).forEach(card -> add((VBox) card));
    more.setOnAction(_ -> showAll(!memory.get().all()));
  }

  /** Takes in one more card, whose first child is its head; {@link #arrange} shows it. */
  void add(VBox card) {
    var head = new CardHead(card);
    cards.put(card.getId(), head);
    if (!card.getId().equals(bar)) {
      head.moves(this);
    }
  }

  /**
   * Puts the cards into their places; what stands there already is not touched.
   *
   * @param ids of the cards that have something to show, as they stand by nature
   * @param withBar whether the bar has something to show
   */
  void arrange(List<String> ids, boolean withBar) {
    natural = List.copyOf(ids);
    barShown = withBar;
    arrange();
  }

  /** Pins a card in front, or lets it go. */
  void pin(String card) {
    keep(order().pin(card));
  }

  /** Moves a card by some places. */
  void move(String card, int by) {
    keep(order().move(card, by, natural));
  }

  /** Puts a card before another one. */
  void put(String card, String before) {
    keep(order().put(card, before, natural));
  }

  /** Whether there is a card of this id. */
  boolean knows(String card) {
    return cards.containsKey(card);
  }

  /** Whether a card is pinned. */
  boolean pinned(String card) {
    return memory.get().pinned().contains(card);
  }

  /** The id of the card that holds a node; null where none does. */
  String cardOf(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at.getParent() == grid) {
        return at.getId();
      }
    }
    return null;
  }

  private CardOrder order() {
    return new CardOrder(memory.get().pinned(), memory.get().order());
  }

  private void keep(CardOrder order) {
    memory.change(old -> old.withPinned(order.pinned()).withOrder(order.order()));
    Node focused = grid.getScene() == null ? null : grid.getScene().getFocusOwner();
    arrange();
    if (focused != null) {
      focused.requestFocus(); // it left the scene for a moment
    }
  }

  private void showAll(boolean all) {
    memory.change(old -> old.withAll(all));
    arrange();
  }

  private void arrange() {
    List<String> all = order().arranged(natural);
    int behind = Math.max(0, all.size() - MOST);
    boolean whole = memory.get().all();
    more.setVisible(behind > 0);
    more.setManaged(behind > 0);
    more.setText(Messages.text(whole ? "run.cards.fewer" : "run.cards.more", behind));
    var wanted = new ArrayList<>(whole ? all : all.subList(0, all.size() - behind));
    if (barShown) {
      wanted.add(bar);
    }
    cards.forEach((id, card) -> card.mark(pinned(id)));
    if (!wanted.equals(shown)) {
      shown = List.copyOf(wanted);
      place();
    }
  }

  private void place() {
    grid.getChildren().clear();
    grid.getRowConstraints().clear();
    int charts = barShown ? shown.size() - 1 : shown.size();
    for (int i = 0; i < charts; i++) {
      boolean alone = i % 2 == 0 && i == charts - 1;
      grid.add(cards.get(shown.get(i)).card(), i % 2, i / 2, alone ? 2 : 1, 1);
      if (i % 2 == 0) {
        grid.getRowConstraints().add(row(false));
      }
    }
    if (barShown) {
      grid.add(cards.get(bar).card(), 0, (charts + 1) / 2, 2, 1);
      grid.getRowConstraints().add(row(true));
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
