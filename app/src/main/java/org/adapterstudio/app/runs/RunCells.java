package org.adapterstudio.app.runs;

import java.util.List;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.adapterstudio.app.plot.SparklineView;
import org.adapterstudio.app.run.RunHeader;
import org.adapterstudio.app.run.StateBadge;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.run.RunState;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The cells of the table of runs. A cell is filled anew whenever the table scrolls, so each keeps
 * its nodes and changes only what differs.
 */
final class RunCells {
  private RunCells() {}

  /** Name and signs of note and archive; all that a person said as tooltip. */
  static final class Name extends TableCell<RunLine, RunRow> {
    private final Label name = new Label();
    private final FontIcon note = new FontIcon("fth-file-text");
    private final FontIcon away = new FontIcon("fth-archive");
    private final HBox box = new HBox(6, name, away, note);
    private final Tooltip tip = new Tooltip();

    Name() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      box.setAlignment(Pos.CENTER_LEFT);
      name.setMinWidth(0);
      note.getStyleClass().add("run-sign");
      away.getStyleClass().add("run-sign");
      tip.setWrapText(true);
      tip.setMaxWidth(480);
      tip.setOnShowing(_ -> tip.setText(words(getItem())));
    }

    @Override
    protected void updateItem(RunRow row, boolean empty) {
      super.updateItem(row, empty);
      boolean none = empty || row == null;
      setGraphic(none ? null : box);
      setTooltip(none ? null : tip);
      if (!none) {
        name.setText(row.name());
        shown(note, !row.about().note().isEmpty());
        shown(away, row.about().archived());
      }
    }

    private static String words(RunRow row) {
      String note = row.about().note().isEmpty() ? "" : "\n" + row.about().note();
      return row.name() + note + "\n" + row.run().path();
    }
  }

  /** As many tags as there is room for, and how many more there are. */
  static final class Tags extends TableCell<RunLine, RunRow> {
    private static final int MOST = 4;
    private static final double LETTER = 6.4; // at 11 pixels, rather too wide than too narrow
    private static final double AROUND = 18; // padding of a tag and the gap behind it
    private final Label[] tags = new Label[MOST + 1];
    private final HBox box = new HBox(4);
    private final Tooltip tip = new Tooltip();

    Tags() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      box.setAlignment(Pos.CENTER_LEFT);
      for (int i = 0; i <= MOST; i++) {
        tags[i] = new Label();
        tags[i].getStyleClass().add("run-tag");
        tags[i].setMinWidth(i == 0 ? 0 : Region.USE_PREF_SIZE);
        box.getChildren().add(tags[i]);
      }
      tip.setOnShowing(_ -> tip.setText(String.join(", ", getItem().about().tags())));
      widthProperty().subscribe(() -> fill(getItem()));
    }

    @Override
    protected void updateItem(RunRow row, boolean empty) {
      super.updateItem(row, empty);
      boolean none = empty || row == null || row.about().tags().isEmpty();
      setGraphic(none ? null : box);
      setTooltip(none ? null : tip);
      fill(none ? null : row);
    }

    private void fill(RunRow row) {
      if (row == null) {
        return;
      }
      List<String> said = row.about().tags();
      int fit = fitting(said, getWidth() - 16);
      for (int i = 0; i < MOST; i++) {
        shown(tags[i], i < fit);
        tags[i].setText(i < fit ? said.get(i) : "");
      }
      shown(tags[MOST], said.size() > fit);
      tags[MOST].setText("+" + (said.size() - fit));
    }

    /** The first one always stands there, elided where it must be. */
    private static int fitting(List<String> said, double room) {
      int fit = 0;
      double used = 0;
      while (fit < Math.min(MOST, said.size())) {
        used += said.get(fit).length() * LETTER + AROUND;
        double more = fit + 1 < said.size() ? 2 * LETTER + AROUND : 0;
        if (fit > 0 && used + more > room) {
          return fit;
        }
        fit++;
      }
      return fit;
    }
  }

  private static void shown(javafx.scene.Node node, boolean visible) {
    if (node.isVisible() != visible) {
      node.setVisible(visible);
    }
    if (node.isManaged() != visible) {
      node.setManaged(visible);
    }
  }

  /** The state as icon and word; what cannot be read says why. */
  static final class State extends TableCell<RunLine, RunRow> {
    private final Label badge = new Label();
    private final Tooltip tip = new Tooltip();

    State() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      badge.setMinWidth(Region.USE_PREF_SIZE);
      tip.setOnShowing(_ -> tip.setText(getItem().problem()));
    }

    @Override
    protected void updateItem(RunRow row, boolean empty) {
      super.updateItem(row, empty);
      boolean none = empty || row == null || row.state() == null;
      setGraphic(none ? null : badge);
      boolean broken = !none && !row.problem().isEmpty();
      setTooltip(broken ? tip : null);
      if (!none) {
        StateBadge.show(badge, broken ? RunState.FAILED : row.state(), words(row));
      }
    }
  }

  /** A run's state in the window's words. */
  static String words(RunRow row) {
    if (row.state() == null) {
      return "";
    }
    return row.problem().isEmpty()
        ? RunHeader.stateWords(row.state())
        : Messages.text("runs.broken");
  }

  /** The loss as a sparkline. */
  static final class Curve extends TableCell<RunLine, RunRow> {
    private final SparklineView line = new SparklineView();

    Curve() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    }

    @Override
    protected void updateItem(RunRow row, boolean empty) {
      super.updateItem(row, empty);
      boolean none = empty || row == null;
      setGraphic(none ? null : line);
      if (!none) {
        line.show(row.loss());
      }
    }
  }

  /** What a row says in words; numbers stand right. */
  static final class Words extends TableCell<RunLine, RunRow> {
    private final Function<RunRow, String> words;

    Words(Function<RunRow, String> words, boolean number) {
      this.words = words;
      if (number) {
        getStyleClass().add("number-cell");
      }
      // a column that appears later is laid out before its style
      setAlignment(number ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
    }

    @Override
    protected void updateItem(RunRow row, boolean empty) {
      super.updateItem(row, empty);
      setText(empty || row == null ? "" : words.apply(row));
    }
  }
}
