package org.adapterstudio.app.compare;

import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;

/** Why two runs differ, in words: what that comes to, then the ranked reasons. */
final class WhyCard {
  private WhyCard() {}

  static void show(VBox card, Why why) {
    card.setVisible(why != null);
    card.setManaged(why != null);
    if (why == null) {
      return;
    }
    var title = new Label(Messages.text("compare.card.why"));
    title.getStyleClass().add("card-title");
    card.getChildren().setAll(title);
    why.sentences().forEach(sentence -> card.getChildren().add(wrapped(sentence)));
    var grid = new GridPane(12, 4);
    for (int i = 0; i < why.reasons().size(); i++) {
      Why.Reason reason = why.reasons().get(i);
      var rank = new Label((i + 1) + ".  " + reason.title());
      rank.getStyleClass().add("strong");
      rank.setMinWidth(Region.USE_PREF_SIZE);
      grid.add(rank, 0, i);
      grid.add(wrapped(reason.cause().words()), 1, i);
      Label effect = wrapped(reason.effect());
      effect.getStyleClass().add("muted");
      effect.setMinWidth(152);
      grid.add(effect, 2, i);
    }
    if (!why.reasons().isEmpty()) {
      card.getChildren().add(grid);
    }
  }

  private static Label wrapped(String text) {
    var label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }
}
