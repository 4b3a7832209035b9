package org.adapterstudio.app.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunAbout;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;

/**
 * Every run a person working in a folder can name, newest first, as it stands on disk. The names
 * are there at once; what the logs tell follows in small portions.
 */
public final class RunsViewModel {
  /** Rows handed over together; reading so many small logs takes a few hundredths of a second. */
  private static final int PORTION = 48;

  private final Services services;
  private final Map<Path, RunRowReader> readers = new HashMap<>();
  private final ObservableList<RunLine> lines = FXCollections.observableArrayList();
  private final ObservableList<RunLine> found = FXCollections.observableArrayList();
  private final StringProperty search = new SimpleStringProperty("");
  private final BooleanProperty withArchived = new SimpleBooleanProperty();
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private final RunActs acts;
  private volatile boolean closed;
  private RunFilter filter = RunFilter.ALL;

  /** An empty table. */
  public RunsViewModel(Services services) {
    this.services = services;
    acts = new RunActs(services, this::refreshAfterAct);
    search.addListener((_, _, _) -> ask());
    withArchived.addListener((_, _, _) -> ask());
  }

  private void ask() {
    try {
      RunFilter asked = RunFilter.parse(search.get());
      filter = withArchived.get() ? asked.withArchived() : asked;
      problem.set("");
      sift();
    } catch (StudioException e) {
      problem.set(e.failure().text()); // what was found before stays
    }
  }

  private void sift() {
    Order.make(found, lines.stream().filter(line -> line.matches(filter)).toList());
  }

  /** Reads the folders, off the UI thread; a look under way is not doubled. */
  public void refresh() {
    if (closed || !looking.compareAndSet(false, true)) {
      return;
    }
    services
        .background()
        .execute(
            () -> {
              try {
                do {
                  again.set(false);
                  look();
                } while (again.get());
              } finally {
                looking.set(false);
              }
            });
  }

  /** A look under way may have passed what was just changed: it is followed by another one. */
  private void refreshAfterAct() {
    again.set(true);
    refresh();
  }

  /** Reads the folders now, on the caller's thread. */
  public synchronized void look() {
    List<RunFolder> runs = Runs.list(services.workingFolder());
    readers.keySet().retainAll(runs.stream().map(RunFolder::path).collect(Collectors.toSet()));
    services.uiThread().execute(() -> arrange(runs));
    for (int i = 0; i < runs.size() && !closed; i += PORTION) {
      var rows = new ArrayList<RunRow>();
      for (RunFolder run : runs.subList(i, Math.min(i + PORTION, runs.size()))) {
        rows.add(readers.computeIfAbsent(run.path(), _ -> new RunRowReader(run)).read());
      }
      services.uiThread().execute(() -> take(rows));
    }
    services.uiThread().execute(() -> looked.set(true));
  }

  private void arrange(List<RunFolder> runs) {
    Map<Path, RunLine> known = byPath();
    Order.make(lines, runs.stream().map(run -> line(known, run)).toList());
    sift();
  }

  private static RunLine line(Map<Path, RunLine> known, RunFolder run) {
    RunLine line = known.get(run.path());
    return line == null ? new RunLine(RunRow.unread(run, RunAbout.NONE, null, "")) : line;
  }

  private Map<Path, RunLine> byPath() {
    return lines.stream().collect(Collectors.toMap(line -> line.run().path(), Function.identity()));
  }

  private void take(List<RunRow> rows) {
    Map<Path, RunLine> known = byPath();
    boolean changed = false;
    for (RunRow row : rows) {
      RunLine line = known.get(row.run().path());
      changed |= line != null && line.take(row);
    }
    if (changed) {
      sift();
      revision.set(revision.get() + 1);
    }
  }

  /** Shows a run. */
  public void open(RunLine line) {
    services.navigator().showRun(line.run());
  }

  /** Shows runs beside each other. */
  public void compare(List<RunLine> chosen) {
    if (comparable(chosen.size())) {
      services.navigator().showCompare(chosen.stream().map(RunLine::run).toList());
    }
  }

  /** Whether so many runs can be shown beside each other. */
  public static boolean comparable(int runs) {
    return runs >= 2 && runs <= 8;
  }

  /** Goes to the training form. */
  public void train() {
    services.navigator().showTrain(null);
  }

  /** What can be done to runs, and undone. */
  public RunActs acts() {
    return acts;
  }

  /** Ends the reading. */
  public void close() {
    closed = true;
  }

  /** The runs that match what is searched for. */
  public ObservableList<RunLine> found() {
    return found;
  }

  /** Every run. */
  public ObservableList<RunLine> lines() {
    return lines;
  }

  /** Counts the changes of rows, so that a sorted table sorts again. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /** What is searched for: words, and fields with values. */
  public StringProperty searchProperty() {
    return search;
  }

  /** Whether archived runs are among those found. */
  public BooleanProperty withArchivedProperty() {
    return withArchived;
  }

  /** What is wrong with the search; empty where nothing is. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Whether the folders were read at least once. */
  public ReadOnlyBooleanProperty lookedProperty() {
    return looked.getReadOnlyProperty();
  }

  /** Where new runs go. */
  public Path folder() {
    return Runs.folder(services.workingFolder());
  }
}
