package org.adapterstudio.app.ui;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/**
 * Keeps a table's columns as wide together as the table: one grows, and where there is too little
 * room for all, those that are missed least go first.
 */
public final class FittedColumns {
  private static final double SCROLL_BAR = 16;
  private final TableView<?> table;
  private final TableColumn<?, ?> growing;
  private final List<? extends TableColumn<?, ?>> spare;
  private final Set<TableColumn<?, ?>> absent = new HashSet<>();

  /**
   * Fits now and whenever the table's width changes.
   *
   * @param growing takes what the others leave; its minimal width is kept
   * @param spare may go, the least missed first
   */
  public FittedColumns(
      TableView<?> table, TableColumn<?, ?> growing, List<? extends TableColumn<?, ?>> spare) {
    this.table = table;
    this.growing = growing;
    this.spare = spare;
    table.widthProperty().subscribe(this::fit);
  }

  /** Shows a column only where it has something to say. */
  public void show(TableColumn<?, ?> column, boolean needed) {
    if (needed ? absent.remove(column) : absent.add(column)) {
      fit();
    }
  }

  private void fit() {
    double room = table.getWidth() - SCROLL_BAR;
    double others =
        table.getColumns().stream()
            .filter(column -> column != growing && !absent.contains(column))
            .mapToDouble(TableColumn::getPrefWidth)
            .sum();
    for (TableColumn<?, ?> column : spare) {
      boolean fits = growing.getMinWidth() + others <= room;
      column.setVisible(fits && !absent.contains(column));
      others -= fits || absent.contains(column) ? 0 : column.getPrefWidth();
    }
    absent.forEach(column -> column.setVisible(false));
    table.getColumns().stream()
        .filter(column -> !spare.contains(column) && !absent.contains(column))
        .forEach(column -> column.setVisible(true));
    growing.setPrefWidth(Math.max(growing.getMinWidth(), room - others));
  }
}
