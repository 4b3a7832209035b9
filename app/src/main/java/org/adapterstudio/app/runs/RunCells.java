package org.adapterstudio.app.runs;

import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import org.adapterstudio.app.plot.SparklineView;
import org.adapterstudio.app.run.RunHeader;
import org.adapterstudio.app.run.StateBadge;
import org.adapterstudio.app.ui.Messages;

/** The cells of the table of runs. */
final class RunCells {
  private RunCells() {}

  /** The name, its folder as tooltip. */
  static final class Name extends TableCell<RunRow, RunRow> {
    @Override
    protected void updateItem(RunRow row, boolean empty) {
      super.updateItem(row, empty);
      setText(empty ? "" : row.name());
      setTooltip(empty ? null : new Tooltip(row.run().path().toString()));
    }
  }

  /** The state as icon and word; what cannot be read says why. */
  static final class State extends TableCell<RunRow, RunRow> {
    private final Label badge = new Label();

    State() {
      badge.setMinWidth(Label.USE_PREF_SIZE);
    }

    @Override
    protected void updateItem(RunRow row, boolean empty) {
      super.updateItem(row, empty);
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      setGraphic(empty ? null : badge);
      setTooltip(empty || row.problem().isEmpty() ? null : new Tooltip(row.problem()));
      if (!empty) {
        boolean broken = !row.problem().isEmpty();
        String words = broken ? Messages.text("runs.broken") : RunHeader.stateWords(row.state());
        StateBadge.show(badge, row.state(), words);
      }
    }
  }

  /** The loss as a sparkline. */
  static final class Curve extends TableCell<RunRow, RunRow> {
    private final SparklineView line = new SparklineView();

    @Override
    protected void updateItem(RunRow row, boolean empty) {
      super.updateItem(row, empty);
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      setGraphic(empty ? null : line);
      if (!empty) {
        line.show(row.loss());
      }
    }
  }

  /** A number in the words of its row, right-aligned. */
  static final class Words<T> extends TableCell<RunRow, T> {
    private final Function<RunRow, String> words;

    Words(Function<RunRow, String> words) {
      this.words = words;
      getStyleClass().add("number-cell");
      setAlignment(Pos.CENTER_RIGHT); // a column that appears later is laid out before its style
    }

    @Override
    protected void updateItem(T value, boolean empty) {
      super.updateItem(value, empty);
      RunRow row = empty || getTableRow() == null ? null : getTableRow().getItem();
      setText(row == null ? "" : words.apply(row));
    }
  }
}
