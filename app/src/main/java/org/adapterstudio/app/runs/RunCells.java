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
import org.adapterstudio.contract.run.RunAbout;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The cells of the table of runs. A cell is filled anew whenever the table scrolls, so each keeps
 * its nodes and changes only what differs.
 */
final class RunCells {
  private RunCells() {}

  /** Name, note sign and tags; the whole of it as tooltip. */
  static final class Name extends TableCell<RunLine, RunRow> {
    private static final int TAGS = 3;
    private final Label name = new Label();
    private final FontIcon note = new FontIcon("fth-file-text");
    private final FontIcon away = new FontIcon("fth-archive");
    private final Label[] tags = new Label[TAGS + 1];
    private final HBox box = new HBox(4, name, away, note);
    private final Tooltip tip = new Tooltip();

    Name() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      box.setAlignment(Pos.CENTER_LEFT);
      name.setMinWidth(48);
      tip.setWrapText(true);
      tip.setMaxWidth(480);
      for (int i = 0; i < tags.length; i++) {
        tags[i] = new Label();
        tags[i].getStyleClass().add("run-tag");
        tags[i].setMinWidth(i == TAGS ? Region.USE_PREF_SIZE : 24);
        box.getChildren().add(tags[i]);
      }
    }

    @Override
    protected void updateItem(RunRow row, boolean empty) {
      super.updateItem(row, empty);
      boolean none = empty || row == null;
      setGraphic(none ? null : box);
      setTooltip(none ? null : tip);
      if (none) {
        return;
      }
      RunAbout about = row.about();
      name.setText(row.name());
      shown(note, !about.note().isEmpty());
      shown(away, about.archived());
      List<String> said = about.tags();
      for (int i = 0; i < TAGS; i++) {
        shown(tags[i], i < said.size());
        tags[i].setText(i < said.size() ? said.get(i) : "");
      }
      shown(tags[TAGS], said.size() > TAGS);
      tags[TAGS].setText("+" + (said.size() - TAGS));
      tip.setText(words(row));
    }

    private static String words(RunRow row) {
      var text = new StringBuilder(row.name());
      if (!row.about().tags().isEmpty()) {
        text.append('\n').append(String.join(", ", row.about().tags()));
      }
      if (!row.about().note().isEmpty()) {
        text.append('\n').append(row.about().note());
      }
      return text.append('\n').append(row.run().path()).toString();
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
    }

    @Override
    protected void updateItem(RunRow row, boolean empty) {
      super.updateItem(row, empty);
      boolean none = empty || row == null || row.state() == null;
      setGraphic(none ? null : badge);
      boolean broken = !none && !row.problem().isEmpty();
      setTooltip(broken ? tip : null);
      if (!none) {
        tip.setText(row.problem());
        StateBadge.show(badge, row.state(), words(row));
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
