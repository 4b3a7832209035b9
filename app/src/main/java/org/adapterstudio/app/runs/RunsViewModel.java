package org.adapterstudio.app.runs;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;

/** Every run a person working in a folder can name, newest first, as it stands on disk. */
public final class RunsViewModel {
  private final Services services;
  private final Map<Path, RunRowReader> readers = new HashMap<>();
  private final ObservableList<RunRow> rows = FXCollections.observableArrayList();
  private final FilteredList<RunRow> found = new FilteredList<>(rows);
  private final StringProperty search = new SimpleStringProperty("");
  private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
  private final AtomicBoolean looking = new AtomicBoolean();

  /** An empty table. */
  public RunsViewModel(Services services) {
    this.services = services;
    search.addListener((_, _, words) -> found.setPredicate(row -> matches(row, words)));
  }

  private static boolean matches(RunRow row, String words) {
    String all =
        (row.name() + " " + row.method() + " " + row.state().words()).toLowerCase(Locale.ROOT);
    return List.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+")).stream()
        .allMatch(all::contains);
  }

  /** Reads the folders, off the UI thread; a look under way is not doubled. */
  public void refresh() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    services
        .background()
        .execute(
            () -> {
              try {
                List<RunRow> now = read();
                services.uiThread().execute(() -> take(now));
              } finally {
                looking.set(false);
              }
            });
  }

  private List<RunRow> read() {
    List<RunFolder> runs = Runs.list(services.workingFolder());
    readers.keySet().retainAll(runs.stream().map(RunFolder::path).toList());
    return runs.stream()
        .map(run -> readers.computeIfAbsent(run.path(), _ -> new RunRowReader(run)).read())
        .toList();
  }

  private void take(List<RunRow> now) {
    if (!paths(now).equals(paths(rows))) {
      rows.setAll(now);
    }
    for (int i = 0; i < now.size(); i++) {
      if (!now.get(i).equals(rows.get(i))) {
        rows.set(i, now.get(i)); // one by one, so that the chosen row stays chosen
      }
    }
    looked.set(true);
  }

  private static List<Path> paths(List<RunRow> rows) {
    return rows.stream().map(row -> row.run().path()).toList();
  }

  /** Shows a run. */
  public void open(RunRow row) {
    services.navigator().showRun(row.run());
  }

  /** Goes to the training form. */
  public void train() {
    services.navigator().showTrain(null);
  }

  /** The runs that match what is searched for. */
  public ObservableList<RunRow> found() {
    return found;
  }

  /** Every run. */
  public ObservableList<RunRow> rows() {
    return rows;
  }

  /** Words that name, method or state must hold. */
  public StringProperty searchProperty() {
    return search;
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
