package org.adapterstudio.app.shell;

import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;

/** The list of keyboard shortcuts, as a card. */
final class HelpCard extends VBox {
  HelpCard() {
    super(16);
    getStyleClass().addAll("card", "help-card");
    setMaxSize(400, Region.USE_PREF_SIZE);
    var title = new Label(Messages.text("help.title"));
    title.getStyleClass().add("card-title");
    getChildren().addAll(title, table());
  }

  private static GridPane table() {
    var table = new GridPane(24, 8);
    int row = 0;
    for (Shortcuts.Line line : Shortcuts.lines()) {
      var keys = new Label(line.keys());
      keys.getStyleClass().addAll("badge", "mono");
      table.addRow(row++, keys, new Label(Messages.text(line.messageKey())));
    }
    return table;
  }
}
