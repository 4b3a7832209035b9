package org.adapterstudio.app.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.contract.run.Adjustments;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.contract.run.RunState;

/** The warnings of a run that count, the newest first, without those a person has put away. */
public final class RunWarnings {
  /** More at once would hide the charts; the others are folded. */
  public static final int VISIBLE = 3;

  private final ObservableList<WarningCard> cards = FXCollections.observableArrayList();
  private final Set<Event.Warned> dismissed = new HashSet<>();

  /** Takes what the log holds now. */
  void show(List<Event.Warned> warnings, RunState state, Adjustments adjustments) {
    var newest = new LinkedHashMap<String, WarningCard>();
    for (Event.Warned warning : warnings.reversed()) {
      var acts =
          warning.acts().stream()
              .filter(act -> WarningActs.offered(act, state, adjustments))
              .toList();
      var card = new WarningCard(warning, acts);
      newest.putIfAbsent(card.key(), card);
    }
    var now = new ArrayList<>(newest.values());
    now.removeIf(card -> dismissed.contains(card.warning()));
    if (!now.equals(cards)) {
      cards.setAll(now);
    }
  }

  /** Puts a warning away; it stays among the events. */
  public void dismiss(WarningCard card) {
    dismissed.add(card.warning());
    cards.remove(card);
  }

  /** What is shown, the newest first; {@link #VISIBLE} of them unfolded. */
  public ObservableList<WarningCard> cards() {
    return cards;
  }
}
