package org.adapterstudio.app.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.app.runs.RunRow;
import org.adapterstudio.app.runs.RunRowReader;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;

/** One to eight runs beside each other, and all others that could be added. */
public final class CompareViewModel {
  /** More lines than this nobody can tell apart. */
  public static final int MOST = 8;

  private final Services services;
  private final ObservableList<RunFolder> chosen = FXCollections.observableArrayList();
  private final Map<Path, ComparedRunReader> readers = new HashMap<>();
  private final Map<Path, RunRowReader> rowReaders = new HashMap<>();
  private final ReadOnlyObjectWrapper<ComparedRuns> comparison =
      new ReadOnlyObjectWrapper<>(ComparedRuns.NONE);
  private final ReadOnlyObjectWrapper<List<RunRow>> others = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper(true);
  private final BooleanProperty onlyDiffering = new SimpleBooleanProperty(true);
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private volatile List<RunFolder> asked = List.of();
  private List<RunRow> rows = List.of();
  private volatile boolean closed;

  /** A comparison that has read nothing yet; of more than eight runs the first eight. */
  public CompareViewModel(Services services, List<RunFolder> runs) {
    this.services = services;
    chosen.setAll(new LinkedHashSet<>(runs).stream().limit(MOST).toList());
    asked = List.copyOf(chosen);
  }

  /** Adds a run, where there is room and it is not there. */
  public void add(RunFolder run) {
    if (chosen.size() < MOST && !chosen.contains(run)) {
      chosen.add(run);
      changed();
    }
  }

  /** Whether no run can be added. */
  public boolean full() {
    return chosen.size() >= MOST;
  }

  /** Takes a run out. */
  public void remove(RunFolder run) {
    if (chosen.remove(run)) {
      changed();
    }
  }

  private void changed() {
    asked = List.copyOf(chosen);
    again.set(true);
    poll();
  }

  /** Reads what is new, off the UI thread; a look under way is not doubled. */
  public void poll() {
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
                  look(asked);
                } while (again.get());
              } finally {
                looking.set(false);
              }
            });
  }

  private void look(List<RunFolder> wanted) {
    var runs = new ArrayList<ComparedRun>();
    var broken = new ArrayList<String>();
    for (RunFolder run : wanted) {
      try {
        runs.add(readers.computeIfAbsent(run.path(), _ -> new ComparedRunReader(run)).read());
      } catch (StudioException e) {
        broken.add(run.name() + ": " + e.failure().sentence());
      }
    }
    hand(wanted, runs, broken);
    List<RunRow> now = neighbours();
    if (!now.equals(rows)) {
      rows = now;
      hand(wanted, runs, broken);
    }
  }

  private void hand(List<RunFolder> wanted, List<ComparedRun> runs, List<String> broken) {
    var known = rows;
    boolean same =
        runs.equals(comparison.get().runs())
            && Objects.equals(known, others.get())
            && !runs.isEmpty();
    ComparedRuns made = same ? comparison.get() : ComparedRuns.of(runs, new Neighbours(known));
    services
        .uiThread()
        .execute(
            () -> {
              if (wanted.equals(chosen)) {
                comparison.set(made);
                others.set(known);
                problem.set(
                    broken.isEmpty()
                        ? ""
                        : Messages.text("compare.unreadable", String.join("; ", broken)));
                reading.set(false);
              }
            });
  }

  private List<RunRow> neighbours() {
    return Runs.list(services.workingFolder()).stream()
        .map(run -> rowReaders.computeIfAbsent(run.path(), _ -> new RunRowReader(run)).read())
        .toList();
  }

  /** The runs that could be added, those most like the first one first. */
  public List<RunRow> candidates() {
    Set<RunFolder> there = new HashSet<>(chosen);
    var first = comparison.get().runs().stream().findFirst().map(ComparedRun::recipe).orElse(null);
    return others.get().stream()
        .filter(row -> !there.contains(row.run()) && row.problem().isEmpty())
        .sorted(java.util.Comparator.comparingInt(row -> differences(first, row)))
        .toList();
  }

  private static int differences(org.adapterstudio.contract.recipe.Recipe first, RunRow row) {
    return first == null || row.recipe() == null ? 99 : Cause.between(first, row.recipe()).size();
  }

  /** Shows a run. */
  public void open(RunFolder run) {
    services.navigator().showRun(run);
  }

  /** Ends the reading. */
  public void close() {
    closed = true;
  }

  /** The runs, in the order in which they were chosen. */
  public ObservableList<RunFolder> chosen() {
    return chosen;
  }

  /** The runs as they stand. */
  public ReadOnlyObjectProperty<ComparedRuns> comparisonProperty() {
    return comparison.getReadOnlyProperty();
  }

  /** Which runs cannot be read, and why; empty where all can. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Whether nothing was read yet. */
  public ReadOnlyBooleanProperty readingProperty() {
    return reading.getReadOnlyProperty();
  }

  /** Whether settings that all runs share are left out. */
  public BooleanProperty onlyDifferingProperty() {
    return onlyDiffering;
  }
}
