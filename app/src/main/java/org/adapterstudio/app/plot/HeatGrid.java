package org.adapterstudio.app.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values by row (a layer) and column (a step), growing to the right. */
public final class HeatGrid {
  private final List<String> rows = new ArrayList<>();
  private final List<Double> steps = new ArrayList<>();
  private final List<double[]> columns = new ArrayList<>();

  /** Appends a column; its first one names the rows, a later name is put in a row of its own. */
  public void add(double step, List<String> names, double[] values) {
    for (String name : names) {
      if (!rows.contains(name)) {
        rows.add(name);
      }
    }
    double[] column = new double[rows.size()];
    Arrays.fill(column, Double.NaN);
    for (int i = 0; i < values.length; i++) {
      int row = rows.size() == names.size() ? i : rows.indexOf(names.get(i));
      column[row] = values[i];
    }
    steps.add(step);
    columns.add(column);
  }

  /** Forgets every column right of a step. */
  public void truncateAfter(double step) {
    while (!steps.isEmpty() && steps.getLast() > step) {
      steps.removeLast();
      columns.removeLast();
    }
  }

  /** Row names, top first. */
  public List<String> rows() {
    return rows;
  }

  /** Number of columns. */
  public int columnCount() {
    return columns.size();
  }

  /** Step of a column. */
  public double step(int column) {
    return steps.get(column);
  }

  /** Value of a cell; NaN where there is none. */
  public double value(int row, int column) {
    double[] values = columns.get(column);
    return row < values.length ? values[row] : Double.NaN;
  }

  /** Step of the last column; 0 where there is none. */
  public double lastStep() {
    return steps.isEmpty() ? 0 : steps.getLast();
  }

  /** The column at or before a step; -1 where there is none. */
  public int columnAt(double step) {
    int low = 0;
    int high = steps.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (steps.get(middle) > step) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }
}
