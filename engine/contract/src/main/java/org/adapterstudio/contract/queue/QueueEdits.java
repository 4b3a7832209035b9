package org.adapterstudio.contract.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.adapterstudio.contract.Failure;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.EventLog;
import org.adapterstudio.contract.run.OsLock;
import org.adapterstudio.contract.run.RunFolder;

/**
 * What a person changes in a queue: each change is made under an OS lock, writes one file, and is
 * whole at every instant. Command line, windows and keeper may edit at the same time.
 */
public final class QueueEdits {
  private static final ReentrantLock SAME_PROCESS = new ReentrantLock();
  private static final long PATIENCE_MILLIS = 10_000;
  private static final Duration KEPT = Duration.ofDays(1);

  private final QueueFolder queue;

  /** Edits of a queue; its folder is made with the first one. */
  public QueueEdits(QueueFolder queue) {
    this.queue = queue;
  }

  /**
   * What is added.
   *
   * @param name wished as id; a number is put behind it where it is taken
   * @param first whether it goes before all others
   */
  public record Wish(
      String name,
      Work work,
      List<String> after,
      boolean held,
      boolean first,
      QueueEntry.GridPlace grid) {
    /** A run at the end, after nothing. */
    public static Wish run(RunFolder run, QueueFolder queue, boolean made) {
      var work = new Work.Train(queue.name(run.path()), lastSeq(run), made, List.of());
      return new Wish(run.name(), work, List.of(), false, false, null);
    }
  }

  /** Puts something into the queue; what it comes after must be there. */
  public QueueEntry add(Wish wish) {
    return editing(
        () -> {
          List<QueueEntry> entries = queue.entries();
          wish.after().forEach(id -> known(entries, id));
          refuseTwice(entries, wish.work());
          double rank = wish.first() ? front(entries) : back(entries);
          long now = System.currentTimeMillis();
          var entry =
              new QueueEntry(
                  free(wish.name()),
                  rank,
                  now,
                  wish.work(),
                  wish.after(),
                  wish.held(),
                  1,
                  wish.grid());
          write(entry);
          return entry;
        });
  }

  /** Puts an entry before another one; at the end where that is null. */
  public void move(String id, String before) {
    editing(
        () -> {
          List<QueueEntry> entries = new ArrayList<>(queue.entries());
          QueueEntry entry = known(entries, id);
          entries.remove(entry);
          int at = before == null ? entries.size() : entries.indexOf(known(entries, before));
          write(entry.at(between(entries, at)));
          return null;
        });
  }

  /** Holds an entry back, or lets it go. */
  public void hold(String id, boolean held) {
    editing(
        () -> {
          write(known(queue.entries(), id).held(held));
          return null;
        });
  }

  /** Tries an entry again whose work did not finish; what happened before stays in its run. */
  public void retry(String id) {
    editing(
        () -> {
          QueueEntry entry = known(queue.entries(), id);
          Standing now = new QueueLooks(queue).look(entry);
          if (now.state() == EntryState.FINISHED || !now.state().ended()) {
            throw StudioException.badInput(
                entry.id() + " is " + now.state().words() + ": there is nothing to try again.",
                "Only what failed or was stopped can be tried again.");
          }
          write(entry.again(again(entry.work())));
          return null;
        });
  }

  private Work again(Work work) {
    return work instanceof Work.Train train
        ? new Work.Train(train.run(), lastSeq(queue.run(train)), train.made(), train.earlier())
        : work;
  }

  /** Changes one entry; does nothing where it is no longer there. */
  public void change(String id, UnaryOperator<QueueEntry> how) {
    editing(
        () -> {
          queue.entry(id).map(how).ifPresent(this::write);
          return null;
        });
  }

  /**
   * Takes an entry out. It can be {@link #restore restored} for a day, with the folder of a run
   * that the queue made and nobody started.
   */
  public void remove(String id) {
    editing(
        () -> {
          QueueEntry entry = known(queue.entries(), id);
          refuseAtWork(entry);
          Path place = queue.removed(entry.id());
          QueueFolder.make(place);
          forgetOld();
          move(queue.file(entry.id()), place.resolve("entry.json"));
          if (entry.work() instanceof Work.Train train && neverStarted(train)) {
            move(queue.run(train).path(), place.resolve("run"));
          }
          return null;
        });
  }

  /** Takes out what has ended and what nothing open comes after; the ids. */
  public List<String> clear(List<Standing> all) {
    List<String> ended =
        all.stream()
            .filter(one -> one.state().ended())
            .filter(one -> all.stream().noneMatch(other -> waits(other, one)))
            .map(Standing::id)
            .toList();
    ended.forEach(this::remove);
    return ended;
  }

  private static boolean waits(Standing other, Standing one) {
    return !other.state().ended()
        && (other.entry().after().stream().anyMatch(id -> id.equals(one.id()) || one.in(id))
            || one.entry().grid() != null && other.in(one.entry().grid().grid()));
  }

  /** Puts back what was taken out. */
  public void restore(String id) {
    editing(
        () -> {
          Path place = queue.removed(id);
          if (!Files.exists(place.resolve("entry.json")) || Files.exists(queue.file(id))) {
            throw StudioException.badInput(
                "\"" + id + "\" cannot be put back.", "Only what was removed within a day can.");
          }
          var entry = Json.as(Json.read(place.resolve("entry.json")), QueueEntry.class);
          if (entry.work() instanceof Work.Train train && Files.exists(place.resolve("run"))) {
            refuseTaken(queue.run(train));
            move(place.resolve("run"), queue.run(train).path());
          }
          move(place.resolve("entry.json"), queue.file(id));
          delete(place);
          return null;
        });
  }

  /** Does something while nobody else edits. */
  public <T> T editing(Supplier<T> edit) {
    QueueFolder.make(queue.path().resolve("entries"));
    SAME_PROCESS.lock();
    try (var _ = OsLock.take(queue.editLock(), PATIENCE_MILLIS).orElseThrow(this::busy)) {
      return edit.get();
    } finally {
      SAME_PROCESS.unlock();
    }
  }

  private void write(QueueEntry entry) {
    AtomicFile.write(queue.file(entry.id()), Json.pretty(entry));
  }

  private boolean neverStarted(Work.Train train) {
    RunFolder run = queue.run(train);
    return train.made() && Files.exists(run.recipeFile()) && !Files.exists(run.events());
  }

  private void refuseAtWork(QueueEntry entry) {
    Standing now = new QueueLooks(queue).look(entry);
    if (now.state().atWork()) {
      throw StudioException.badInput(
          entry.id() + " is at work and cannot be taken out.",
          "Stop it first: `studio stop " + now.name() + "`.");
    }
  }

  private static void refuseTaken(RunFolder run) {
    if (Files.exists(run.path())) {
      throw StudioException.badInput(
          "Another run is called " + run.name() + " by now.", "Add the recipe again.");
    }
  }

  private void refuseTwice(List<QueueEntry> entries, Work work) {
    for (QueueEntry entry : entries) {
      if (work instanceof Work.Train added
          && entry.work() instanceof Work.Train train
          && queue.run(train).equals(queue.run(added))) {
        throw StudioException.badInput(
            "The run "
                + queue.run(added).name()
                + " is already in the queue as "
                + entry.id()
                + ".",
            "`studio queue retry " + entry.id() + "` tries it again.");
      }
    }
  }

  private QueueEntry known(List<QueueEntry> entries, String id) {
    return entries.stream()
        .filter(entry -> entry.id().equals(id))
        .findFirst()
        .or(() -> grid(entries, id))
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "There is no \"" + id + "\" in the queue " + queue.path() + ".",
                    "`studio queue` lists what is there."));
  }

  private static java.util.Optional<QueueEntry> grid(List<QueueEntry> entries, String id) {
    return entries.stream()
        .filter(entry -> entry.grid() != null && entry.grid().grid().equals(id))
        .findFirst();
  }

  private String free(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[-.]+", "");
    String base = safe.isEmpty() ? "entry" : safe;
    String id = base;
    for (int n = 2; Files.exists(queue.file(id)) || Files.exists(queue.removed(id)); n++) {
      id = base + "-" + n;
    }
    return id;
  }

  private static double front(List<QueueEntry> entries) {
    return entries.isEmpty() ? 0 : entries.getFirst().rank() - 1;
  }

  private static double back(List<QueueEntry> entries) {
    return entries.isEmpty() ? 0 : entries.getLast().rank() + 1;
  }

  /** A rank for the place; where two neighbours have no number between them, all get new ones. */
  private double between(List<QueueEntry> others, int at) {
    if (at == 0) {
      return front(others);
    }
    if (at == others.size()) {
      return back(others);
    }
    double low = others.get(at - 1).rank();
    double high = others.get(at).rank();
    double middle = low + (high - low) / 2;
    if (low < middle && middle < high) {
      return middle;
    }
    for (int i = others.size() - 1; i >= at; i--) { // from the end, so that the order never breaks
      write(others.get(i).at(others.getLast().rank() + 1 + i));
    }
    return low + (others.getLast().rank() + 1 + at - low) / 2;
  }

  private static long lastSeq(RunFolder run) {
    List<EventLog.Entry> entries = EventLog.readAll(run.events());
    return entries.isEmpty() ? 0 : entries.getLast().seq();
  }

  private void forgetOld() {
    try (var places = Files.list(queue.path().resolve("removed"))) {
      for (Path place : places.toList()) {
        long age = System.currentTimeMillis() - Files.getLastModifiedTime(place).toMillis();
        if (age > KEPT.toMillis()) {
          delete(place);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path place) {
    try (var files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StudioException busy() {
    return new StudioException(
        new Failure(
            "queue_busy",
            "Somebody else has been editing the queue " + queue.path() + " for ten seconds.",
            "Try again.",
            ""));
  }
}
