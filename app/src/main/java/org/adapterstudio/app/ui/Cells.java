package org.adapterstudio.app.ui;

import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;

/** Table columns of the kinds every table uses: elided text with a tooltip, numbers, badges. */
public final class Cells {
  private Cells() {}

  /** What a badge says: style class, icon, word, tooltip. */
  public record Badge(String style, String icon, String word, String tip) {
    /** All is well. */
    public static Badge ok(String word, String tip) {
      return new Badge("badge-ok", "fth-check", word, tip);
    }

    /** Worth a look. */
    public static Badge warn(String word, String tip) {
      return new Badge("badge-warn", "fth-alert-triangle", word, tip);
    }

    /** Does not work. */
    public static Badge error(String word, String tip) {
      return new Badge("badge-error", "fth-x-circle", word, tip);
    }

    /** Neither good nor bad. */
    public static Badge plain(String word, String tip) {
      return new Badge("badge-plain", "fth-minus", word, tip);
    }

    /** The badge as a node. */
    public Label node() {
      var label = new Label(word, new FontIcon(icon));
      label.getStyleClass().addAll("badge", style);
      label.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
      if (!tip.isEmpty()) {
        var tooltip = new Tooltip(tip);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(400);
        label.setTooltip(tooltip);
      }
      return label;
    }
  }

  /** Text, elided where too long, whole in the tooltip. */
  public static <R> void text(TableColumn<R, String> column, Function<R, String> of) {
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(of.apply(row.getValue())));
    column.setCellFactory(_ -> new TextCell<>());
  }

  /** A number that sorts as a number and reads as its words, at the right edge. */
  public static <R> void number(
      TableColumn<R, Long> column, Function<R, Long> of, Function<Long, String> words) {
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(of.apply(row.getValue())));
    column.setCellFactory(_ -> new NumberCell<>(words));
    column.getStyleClass().add("number");
  }

  /** A badge. */
  public static <R> void badge(TableColumn<R, R> column, Function<R, Badge> of) {
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
    column.setCellFactory(_ -> new BadgeCell<>(of));
  }

  private static final class TextCell<R> extends TableCell<R, String> {
    private final Tooltip tip = new Tooltip();

    TextCell() {
      setAlignment(Pos.CENTER_LEFT); // a column that appears later is laid out before its style
    }

    @Override
    protected void updateItem(String text, boolean empty) {
      super.updateItem(text, empty);
      setText(empty ? null : text);
      tip.setText(text);
      setTooltip(empty || text == null || text.isEmpty() ? null : tip);
    }
  }

  private static final class NumberCell<R> extends TableCell<R, Long> {
    private final Function<Long, String> words;

    NumberCell(Function<Long, String> words) {
      this.words = words;
      setAlignment(Pos.CENTER_RIGHT);
    }

    @Override
    protected void updateItem(Long number, boolean empty) {
      super.updateItem(number, empty);
      setText(empty || number == null ? null : words.apply(number));
    }
  }

  private static final class BadgeCell<R> extends TableCell<R, R> {
    private final Function<R, Badge> of;

    BadgeCell(Function<R, Badge> of) {
      this.of = of;
    }

    @Override
    protected void updateItem(R row, boolean empty) {
      super.updateItem(row, empty);
      setGraphic(empty || row == null ? null : of.apply(row).node());
    }
  }
}
