package org.adapterstudio.app.runs;

import java.util.function.Supplier;
import javafx.scene.AccessibleAttribute;
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

  /** Said only where somebody listens: a table that scrolls has no time for sentences. */
  @Override
  public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
    return attribute == AccessibleAttribute.TEXT && getItem() != null
        ? RunColumns.sentence(getItem().row())
        : super.queryAccessibleAttribute(attribute, parameters);
  }
}
