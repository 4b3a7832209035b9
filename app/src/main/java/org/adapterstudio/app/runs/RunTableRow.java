package org.adapterstudio.app.runs;

import java.util.function.Supplier;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.TableRow;
import javafx.scene.input.MouseButton;

/** A row of the table: a double click opens the run, a right click asks what to do with it. */
final class RunTableRow extends TableRow<RunLine> {
  RunTableRow(RunsViewModel model, Supplier<ContextMenu> menu) {
    setOnMouseClicked(
        event -> {
          if (event.getButton() == MouseButton.PRIMARY
              && event.getClickCount() == 2
              && !isEmpty()) {
            model.open(getItem());
          }
        });
    setOnContextMenuRequested(
        event -> {
          if (!isEmpty()) {
            menu.get().show(this, event.getScreenX(), event.getScreenY());
            event.consume();
          }
        });
  }

  @Override
  protected void updateItem(RunLine line, boolean empty) {
    super.updateItem(line, empty);
    setAccessibleText(empty || line == null ? null : RunColumns.sentence(line.row()));
  }
}
