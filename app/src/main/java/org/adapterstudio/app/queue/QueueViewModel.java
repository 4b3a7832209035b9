package org.adapterstudio.app.queue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.app.ui.Services;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.queue.Deeds;
import org.adapterstudio.contract.queue.EntryState;
import org.adapterstudio.contract.queue.NightReport;
import org.adapterstudio.contract.queue.QueueEdits;
import org.adapterstudio.contract.queue.QueueFolder;
import org.adapterstudio.contract.queue.QueueLooks;
import org.adapterstudio.contract.queue.QuietHours;
import org.adapterstudio.contract.queue.Standing;
import org.adapterstudio.contract.queue.Work;

/** The queue as it stands on disk, and what a person does with it. */
public final class QueueViewModel {
  private static final Duration UNDO = Duration.ofSeconds(30);

  private final Services services;
  private final InstantSource clock;
  private final QueueFolder queue;
  private final QueueEdits edits;
  private final QueueLooks looks;
  private final ObservableList<QueueRow> rows = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<QuietHours> quiet =
      new ReadOnlyObjectWrapper<>(QuietHours.NONE);
  private final ReadOnlyObjectWrapper<NightReport> report = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Removed> removed = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
  private final BooleanProperty reporting = new SimpleBooleanProperty();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicLong edited = new AtomicLong();
  private final AtomicLong editing = new AtomicLong();
  private boolean arranging;
  private CompletableFuture<Void> lastEdit = CompletableFuture.completedFuture(null);

  /** What was taken out last and can be put back until a moment. */
  public record Removed(List<String> ids, String name, long until) {}

  private record Look(List<QueueRow> rows, QuietHours quiet, NightReport report) {}

  /** The queue of the services' working folder. */
  public QueueViewModel(Services services, InstantSource clock) {
    this.services = services;
    this.clock = clock;
    queue = QueueFolder.of(services.workingFolder());
    edits = new QueueEdits(queue);
    looks = new QueueLooks(queue);
  }

  /** Reads the folder, off the UI thread; a look under way is not doubled. */
  public void refresh() {
    if (removed.get() != null && clock.millis() >= removed.get().until()) {
      removed.set(null);
    }
    if (looking.compareAndSet(false, true)) {
      services.background().execute(this::look);
    }
  }

  private void look() {
    long before = editing.get() == 0 ? edited.get() : -1;
    try {
      var deeds = new Deeds(queue.journal());
      List<Standing> all;
      synchronized (looks) {
        all = looks.look(deeds);
      }
      var now = new Look(rows(all), queue.quiet(), NightReport.of(all, deeds));
      services.uiThread().execute(() -> take(now, before));
    } catch (RuntimeException e) {
      services.uiThread().execute(() -> services.dialogs().show(Failure.of(e)));
    } finally {
      looking.set(false);
    }
  }

  private List<QueueRow> rows(List<Standing> all) {
    return all.stream()
        .map(
            one ->
                QueueRow.of(
                    one, one.entry().work() instanceof Work.Train work ? queue.run(work) : null))
        .toList();
  }

  /** A look from before an edit, or beside one, is not shown: another follows the edit. */
  private void take(Look now, long before) {
    if (edited.get() != before) {
      return;
    }
    looked.set(true);
    if (!now.rows().stream().map(QueueRow::id).toList().equals(ids())) {
      arrange(now.rows());
    }
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).equals(now.rows().get(i))) {
        rows.set(i, now.rows().get(i));
      }
    }
    summary.set(summary(now.rows()));
    quiet.set(now.quiet());
    report.set(now.report());
  }

  private void arrange(List<QueueRow> order) {
    arranging = true;
    rows.setAll(order);
    arranging = false;
  }

  /** Whether the rows are being put into another order, so that a selection moves by itself. */
  boolean arranging() {
    return arranging;
  }

  private List<String> ids() {
    return rows.stream().map(QueueRow::id).toList();
  }

  private static String summary(List<QueueRow> rows) {
    long running = rows.stream().filter(row -> row.state().atWork()).count();
    long waiting = rows.stream().filter(row -> row.open() && row.state().due()).count();
    long held = rows.stream().filter(QueueRow::held).count();
    long failed =
        rows.stream()
            .filter(row -> row.state() == EntryState.FAILED || row.state() == EntryState.BLOCKED)
            .count();
    String words = Messages.text("queue.summary", running, waiting);
    words += held == 0 ? "" : Messages.text("queue.summary.held", held);
    return failed == 0 ? words : words + Messages.text("queue.summary.failed", failed);
  }

  /** Puts an entry before the one that stands at an index; at the end behind the last. */
  public void move(QueueRow row, int index) {
    int at = ids().indexOf(row.id());
    String before = index >= rows.size() ? null : rows.get(index).id();
    if (at >= 0 && !row.id().equals(before)) {
      var order = new ArrayList<>(rows);
      order.remove(at);
      order.add(Math.min(index > at ? index - 1 : index, order.size()), row);
      arrange(order); // at once, so that the next key starts from the new order
      edit(() -> edits.move(row.id(), before));
    }
  }

  /** Moves an entry up or down by one. */
  public void step(QueueRow row, boolean up) {
    int at = ids().indexOf(row.id());
    if (up && at > 0) {
      move(row, at - 1);
    } else if (!up && at >= 0 && at < rows.size() - 1) {
      move(row, at + 2);
    }
  }

  /** Takes an entry out; for 30 seconds it can be put back from here. */
  public void remove(QueueRow row) {
    edit(
        () -> {
          edits.remove(row.id());
          offerUndo(List.of(row.id()), row.name());
        });
  }

  /** Takes out everything that has ended and that nothing else comes after. */
  public void clear() {
    edit(
        () -> {
          List<String> ended;
          synchronized (looks) {
            ended = edits.clear(looks.look());
          }
          if (!ended.isEmpty()) {
            offerUndo(ended, Messages.text("queue.cleared", ended.size()));
          }
        });
  }

  private void offerUndo(List<String> ids, String name) {
    var offer = new Removed(ids, name, clock.millis() + UNDO.toMillis());
    services.uiThread().execute(() -> removed.set(offer));
  }

  /** Puts back what was taken out last. */
  public void undo() {
    Removed last = removed.get();
    removed.set(null);
    if (last != null) {
      edit(() -> last.ids().forEach(edits::restore));
    }
  }

  /** Holds an entry back, or lets it go. */
  public void hold(QueueRow row, boolean held) {
    edit(() -> edits.hold(row.id(), held));
  }

  /** Tries an entry again. */
  public void retry(QueueRow row) {
    edit(() -> edits.retry(row.id()));
  }

  /** Sets the quiet hours; both empty means none. */
  public void quiet(String from, String to, boolean stop) {
    edit(
        () ->
            queue.quiet(
                from.isBlank() && to.isBlank()
                    ? QuietHours.NONE
                    : QuietHours.between(from, to, stop)));
  }

  /** Shows an entry's run. */
  public void open(QueueRow row) {
    if (row.run() != null) {
      services.navigator().showRun(row.run());
    }
  }

  /** Goes to the training form. */
  public void train() {
    services.navigator().showTrain(null);
  }

  /** One after the other, in the order in which they were asked for. */
  private void edit(Runnable change) {
    editing.incrementAndGet();
    edited.incrementAndGet();
    lastEdit = lastEdit.thenRunAsync(() -> carryOut(change), services.background());
  }

  private void carryOut(Runnable change) {
    try {
      change.run();
      services.runs().keep(queue);
    } catch (RuntimeException e) {
      services.uiThread().execute(() -> services.dialogs().show(Failure.of(e)));
    }
    editing.decrementAndGet();
    services.uiThread().execute(this::refresh);
  }

  /** Every entry, first to last. */
  public ObservableList<QueueRow> rows() {
    return rows;
  }

  /** "1 running · 3 waiting". */
  public ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  /** The quiet hours. */
  public ReadOnlyObjectProperty<QuietHours> quietProperty() {
    return quiet.getReadOnlyProperty();
  }

  /** What happened; null before the first look. */
  public ReadOnlyObjectProperty<NightReport> reportProperty() {
    return report.getReadOnlyProperty();
  }

  /** What can be put back; null where nothing can. */
  public ReadOnlyObjectProperty<Removed> removedProperty() {
    return removed.getReadOnlyProperty();
  }

  /** Whether the folder was read yet. */
  public ReadOnlyBooleanProperty lookedProperty() {
    return looked.getReadOnlyProperty();
  }

  /** Whether the morning report is shown in the place of the plan. */
  public BooleanProperty reportingProperty() {
    return reporting;
  }
}
