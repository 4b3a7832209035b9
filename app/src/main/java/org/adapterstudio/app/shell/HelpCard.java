package org.adapterstudio.app.shell;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.action.Action;
import org.adapterstudio.app.action.Actions;
import org.adapterstudio.app.action.KeyBindings;
import org.adapterstudio.app.ui.Messages;

/** What F1 shows: what the focused field is for, and what the keys do on this screen. */
final class HelpCard extends VBox {
  /**
   * The list for one screen.
   *
   * @param offered by the screen first, then by the window
   * @param focused the node that has the focus; may be null
   */
  HelpCard(List<Actions> offered, KeyBindings keys, Node focused) {
    super(16);
    getStyleClass().addAll("card", "help-card");
    setMaxSize(440, Region.USE_PREF_SIZE);
    String about = about(focused);
    if (!about.isEmpty()) {
      var text = new Label(about);
      text.setWrapText(true);
      getChildren().addAll(title(Messages.text("help.field")), text);
    }
    var list = new ScrollPane(table(offered, keys));
    list.getStyleClass().add("plain");
    list.setFitToWidth(true);
    list.setAccessibleText(Messages.text("help.title"));
    getChildren().addAll(title(Messages.text("help.title")), list);
  }

  private static Label title(String text) {
    var title = new Label(text);
    title.getStyleClass().add("card-title");
    return title;
  }

  private static GridPane table(List<Actions> offered, KeyBindings keys) {
    var table = new GridPane(24, 8);
    for (Actions actions : offered) {
      for (Action action : actions.possible()) {
        if (keys.of(action).isPresent()) {
          row(table, keys.text(action), Messages.text(action.messageKey()));
        }
      }
    }
    row(table, "Esc", Messages.text("help.escape"));
    return table;
  }

  private static void row(GridPane table, String keys, String words) {
    var badge = new Label(keys);
    badge.getStyleClass().addAll("badge", "mono");
    badge.setMinWidth(Region.USE_PREF_SIZE);
    table.addRow(table.getRowCount(), badge, new Label(words));
  }

  /** The words that the nearest node around the focus has about itself. */
  private static String about(Node focused) {
    for (Node at = focused; at != null; at = at.getParent()) {
      if (at.getAccessibleHelp() != null && !at.getAccessibleHelp().isBlank()) {
        return at.getAccessibleHelp();
      }
      if (at instanceof Control control && control.getTooltip() != null) {
        return control.getTooltip().getText();
      }
    }
    return "";
  }
}
