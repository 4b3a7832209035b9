package org.adapterstudio.app.runs;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.adapterstudio.contract.run.RunFolder;

/**
 * A line of the table: the run it stands for never changes, what is known of it does. So a line
 * that is chosen stays chosen while its run goes on.
 */
public final class RunLine {
  private final RunFolder run;
  private final ReadOnlyObjectWrapper<RunRow> row;
  private RunFilter asked;
  private RunRow answered;
  private boolean answer;

  RunLine(RunRow first) {
    run = first.run();
    row = new ReadOnlyObjectWrapper<>(first);
  }

  /** The run. */
  public RunFolder run() {
    return run;
  }

  /** What is known of it now. */
  public RunRow row() {
    return row.get();
  }

  /** What is known of it. */
  public ReadOnlyObjectProperty<RunRow> rowProperty() {
    return row.getReadOnlyProperty();
  }

  /** Takes what is known now; whether it differs from before. */
  boolean take(RunRow now) {
    boolean differs = !now.equals(row.get());
    if (differs) {
      row.set(now);
    }
    return differs;
  }

  /** Whether a filter finds it; asked again only where filter or row changed. */
  boolean matches(RunFilter filter) {
    if (asked != filter || answered != row.get()) {
      asked = filter;
      answered = row.get();
      answer = filter.test(answered);
    }
    return answer;
  }
}
