package org.adapterstudio.app.run;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Subscriptions;
import org.kordamp.ikonli.javafx.FontIcon;

/** The newest warnings above the charts, the others folded behind a button. */
final class WarningStack {
  private final RunViewModel model;
  private final VBox stack;
  private boolean unfolded;

  WarningStack(RunViewModel model, VBox stack, Subscriptions subscriptions) {
    this.model = model;
    this.stack = stack;
    subscriptions.now(model.warnings().cards(), this::refresh);
  }

  private void refresh() {
    List<WarningCard> cards = model.warnings().cards();
    int shown = unfolded ? cards.size() : Math.min(RunWarnings.VISIBLE, cards.size());
    stack
        .getChildren()
        .setAll(cards.subList(0, shown).stream().map(card -> new WarningBox(card, model)).toList());
    if (cards.size() > RunWarnings.VISIBLE) {
      stack.getChildren().add(fold(cards.size() - RunWarnings.VISIBLE));
    }
    stack.setVisible(!cards.isEmpty());
    stack.setManaged(!cards.isEmpty());
  }

  private Button fold(int more) {
    var fold =
        unfolded
            ? new Button(Messages.text("run.warning.fewer"), new FontIcon("fth-chevron-up"))
            : new Button(Messages.text("run.warning.more", more), new FontIcon("fth-chevron-down"));
    fold.getStyleClass().add("quiet");
    fold.setOnAction(
        _ -> {
          unfolded = !unfolded;
          refresh();
        });
    return fold;
  }
}
