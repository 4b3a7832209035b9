package org.adapterstudio.app.run;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.adapterstudio.app.ui.Messages;

/** One layer: its name, its ranks in words, and the advised rank as a part of the larger one. */
final class RankCell extends ListCell<RankPanel.RankRow> {
  private final Label name = new Label();
  private final Label ranks = new Label();
  private final Region advised = new Region();
  private final Region now = new Region();
  private final StackPane bar = new StackPane(now, advised);
  private final VBox box;
  private RankPanel.RankRow shown;

  RankCell() {
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    name.setMinWidth(0);
    ranks.setMinWidth(Region.USE_PREF_SIZE);
    ranks.getStyleClass().add("muted");
    bar.getStyleClass().add("rank-bar");
    now.getStyleClass().add("rank-now");
    advised.getStyleClass().add("rank-advised");
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.widthProperty().addListener((_, _, _) -> size());
    box = new VBox(4, new HBox(8, name, space, ranks), bar);
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(RankPanel.RankRow row, boolean empty) {
    super.updateItem(row, empty);
    shown = empty ? null : row;
    setGraphic(empty ? null : box);
    setTooltip(empty ? null : new Tooltip(row.module()));
    if (!empty) {
      name.setText(row.name());
      ranks.setText(words(row));
      setAccessibleText(row.name() + ", " + words(row));
      size();
    }
  }

  private static String words(RankPanel.RankRow row) {
    if (!row.changes()) {
      return Messages.text("run.ranks.stays", row.rank());
    }
    return row.lost().isEmpty()
        ? Messages.text("run.ranks.grows", row.rank(), row.advised())
        : Messages.text("run.ranks.shrinks", row.rank(), row.advised(), row.lost());
  }

  private void size() {
    if (shown != null) {
      double whole = bar.getWidth() / Math.max(shown.rank(), shown.advised());
      now.setMaxWidth(whole * shown.rank());
      advised.setMaxWidth(whole * shown.advised());
    }
  }
}
