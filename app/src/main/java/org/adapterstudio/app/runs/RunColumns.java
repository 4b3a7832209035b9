package org.adapterstudio.app.runs;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.scene.control.TableColumn;
import org.adapterstudio.app.plot.Unit;
import org.adapterstudio.app.ui.Formats;
import org.adapterstudio.app.ui.Messages;

/** What the columns of the table of runs say and how they sort; what is unknown sorts last. */
final class RunColumns {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM HH:mm");

  private RunColumns() {}

  static void name(TableColumn<RunLine, RunRow> column) {
    value(column);
    column.setCellFactory(_ -> new RunCells.Name());
    column.setComparator(Comparator.comparing(RunRow::name, String.CASE_INSENSITIVE_ORDER));
  }

  static void state(TableColumn<RunLine, RunRow> column) {
    value(column);
    column.setCellFactory(_ -> new RunCells.State());
    column.setComparator(
        Comparator.comparing(RunRow::state, Comparator.nullsLast(Comparator.naturalOrder())));
  }

  static void curve(TableColumn<RunLine, RunRow> column) {
    value(column);
    column.setCellFactory(_ -> new RunCells.Curve());
  }

  static void tags(TableColumn<RunLine, RunRow> column) {
    value(column);
    column.setCellFactory(_ -> new RunCells.Tags());
    column.setComparator(
        Comparator.comparing(
            row -> String.join(" ", row.about().tags()), String.CASE_INSENSITIVE_ORDER));
  }

  static void text(TableColumn<RunLine, RunRow> column, Function<RunRow, String> words) {
    value(column);
    column.setCellFactory(_ -> new RunCells.Words(words, false));
    column.setComparator(Comparator.comparing(words, String.CASE_INSENSITIVE_ORDER));
  }

  static void number(
      TableColumn<RunLine, RunRow> column,
      ToDoubleFunction<RunRow> number,
      Function<RunRow, String> words) {
    value(column);
    column.setCellFactory(_ -> new RunCells.Words(words, true));
    column.setComparator(Comparator.comparingDouble(number));
    column.getStyleClass().add("number-header");
  }

  private static void value(TableColumn<RunLine, RunRow> column) {
    column.setCellValueFactory(line -> line.getValue().rowProperty());
  }

  /** "1 240 / 4 000", or the step alone at the end and while the plan is unknown. */
  static String steps(RunRow row) {
    if (!row.known()) {
      return "";
    }
    return row.total() == 0 || row.step() == row.total()
        ? Formats.whole(row.step())
        : Formats.whole(row.step()) + " / " + Formats.whole(row.total());
  }

  static String loss(double value) {
    return Double.isNaN(value) ? "" : Unit.LOSS.text(value);
  }

  static String rate(RunRow row) {
    return row.known() ? Unit.RATE.text(row.learningRate()) : "";
  }

  static String rank(RunRow row) {
    return row.rank() == 0 ? "" : Integer.toString(row.rank());
  }

  static String started(RunRow row) {
    return row.started() == 0
        ? ""
        : DAY.format(Instant.ofEpochMilli(row.started()).atZone(ZoneId.systemDefault()));
  }

  static String duration(RunRow row) {
    return row.started() == 0 ? "" : Formats.time(row.seconds());
  }

  /** A row in one sentence, for a screen reader. */
  static String sentence(RunRow row) {
    return Messages.text(
        "runs.row",
        row.name(),
        RunCells.words(row),
        steps(row),
        loss(row.bestLoss()),
        row.method(),
        String.join(" ", row.about().tags()));
  }
}
