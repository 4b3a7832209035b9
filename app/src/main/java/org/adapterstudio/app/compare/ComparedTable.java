package org.adapterstudio.app.compare;

import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.adapterstudio.app.ui.Messages;
import org.kordamp.ikonli.javafx.FontIcon;

/** What the runs reached, and their settings: one column a run. */
final class ComparedTable {
  private static final double NAMES = 216;
  private static final double NARROWEST = 72;
  private static final Insets MARKS = new Insets(8, 0, 0, 0);
  private final GridPane grid;
  private final Label counted;
  private List<Object> before = List.of();
  private int line;

  ComparedTable(GridPane grid, Label counted) {
    this.grid = grid;
    this.counted = counted;
  }

  /** Shows a comparison; nothing is built anew where its words are the same. */
  void show(ComparedRuns comparison, boolean onlyDiffering) {
    List<SettingRow> differing = comparison.differing();
    List<SettingRow> rows = onlyDiffering ? differing : comparison.settings();
    List<String> names = comparison.runs().stream().map(ComparedRun::name).toList();
    List<Object> now = List.of(names, comparison.results(), rows);
    int same = comparison.settings().size() - differing.size();
    counted.setText(Messages.text("compare.settings.count", differing.size(), same));
    if (now.equals(before)) {
      return;
    }
    before = now;
    grid.getChildren().clear();
    columns(names.size());
    line = 0;
    head(names);
    group("compare.group.results");
    comparison.results().forEach(this::result);
    marks(names.size());
    group("compare.group.settings");
    if (rows.isEmpty()) {
      grid.add(muted(Messages.text("compare.settings.same")), 0, line++, names.size() + 1, 1);
    }
    rows.forEach(row -> setting(row, onlyDiffering));
  }

  private void columns(int runs) {
    grid.getColumnConstraints().clear();
    var first = new ColumnConstraints(NAMES);
    grid.getColumnConstraints().add(first);
    for (int i = 0; i < runs; i++) {
      var column = new ColumnConstraints(NARROWEST);
      column.setPercentWidth(-1);
      column.setHgrow(Priority.ALWAYS);
      column.setMaxWidth(Double.MAX_VALUE);
      column.setPrefWidth(NARROWEST);
      column.setHalignment(HPos.LEFT);
      grid.getColumnConstraints().add(column);
    }
  }

  /** Number and line of each run, its name below: so there is room for it among eight. */
  private void head(List<String> names) {
    marks(names.size());
    line++;
    for (int i = 0; i < names.size(); i++) {
      Label name = words(names.get(i));
      name.getStyleClass().add("strong");
      grid.add(name, i + 1, line);
    }
    line++;
  }

  private void marks(int runs) {
    for (int i = 0; i < runs; i++) {
      var mark = new RunMark(i + 1);
      var box = new HBox(6, RunChip.number(mark), RunChip.sample(mark));
      box.setAlignment(Pos.CENTER_LEFT);
      box.setPadding(MARKS);
      grid.add(box, i + 1, line);
    }
  }

  private void group(String key) {
    var title = new Label(Messages.text(key));
    title.getStyleClass().add("compare-group");
    grid.add(title, 0, line++);
  }

  private void result(ResultRow row) {
    grid.add(muted(row.name()), 0, line);
    for (int i = 0; i < row.values().size(); i++) {
      Label value = words(row.values().get(i));
      if (row.isBest(i)) {
        value.getStyleClass().add("strong");
        value.setGraphic(new FontIcon("fth-star"));
        value.setAccessibleText(value.getText() + ", " + Messages.text("compare.best"));
      }
      grid.add(value, i + 1, line);
    }
    line++;
  }

  private void setting(SettingRow row, boolean onlyDiffering) {
    boolean told = row.differs() && !onlyDiffering;
    Label path = muted(row.path());
    if (told) {
      path.setGraphic(new FontIcon("fth-git-commit"));
      path.setAccessibleText(row.path() + ", " + Messages.text("compare.differs"));
    }
    grid.add(path, 0, line);
    for (int i = 0; i < row.values().size(); i++) {
      Label value = words(row.values().get(i));
      if (told) {
        value.getStyleClass().add("strong");
      }
      grid.add(value, i + 1, line);
    }
    line++;
  }

  private static Label muted(String text) {
    Label label = words(text);
    label.getStyleClass().add("muted");
    return label;
  }

  private static Label words(String text) {
    var label = new Label(text.isEmpty() ? "\u2014" : text);
    label.getStyleClass().add("compare-cell");
    label.setMaxWidth(Double.MAX_VALUE);
    if (text.startsWith("/") || text.matches("[A-Za-z]:\\\\.*")) {
      label.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS); // the end of a path tells more
    }
    if (!text.isEmpty()) {
      var tip = new Tooltip(text);
      tip.setWrapText(true);
      tip.setMaxWidth(480);
      label.setTooltip(tip);
    }
    return label;
  }
}
