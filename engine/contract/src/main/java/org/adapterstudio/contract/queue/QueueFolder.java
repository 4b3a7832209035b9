package org.adapterstudio.contract.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.run.OsLock;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.Runs;

/**
 * A queue on disk, beside the {@code runs/} it starts.
 *
 * <pre>
 * entries/ID.json   what waits, runs or has ended, one file each
 * removed/ID/       what was taken out, for a day
 * acts/ID-ROUND/    lock, log and outcome of a command that was carried out
 * settings.json     quiet hours
 * journal.jsonl     append-only: what the keeper did
 * keeper.lock       an OS lock that the keeper holds for life
 * keeper.log        what the keeper's process says
 * </pre>
 *
 * @param path of the folder
 */
public record QueueFolder(Path path) {
  /** Where runs stand in a queue: as an entry's id wants it. */
  private static final Comparator<QueueEntry> ORDER =
      Comparator.comparingDouble(QueueEntry::rank)
          .thenComparingLong(QueueEntry::added)
          .thenComparing(QueueEntry::id);

  public QueueFolder {
    path = path.toAbsolutePath().normalize();
  }

  /** The queue of the project around a folder, else of the studio's home. */
  public static QueueFolder of(Path workingFolder) {
    return new QueueFolder(Runs.folder(workingFolder).resolveSibling("queue"));
  }

  /** Every entry, first to last. A file that cannot be read is left out. */
  public List<QueueEntry> entries() {
    var found = new ArrayList<QueueEntry>();
    for (Path file : files()) {
      read(file).ifPresent(found::add);
    }
    found.sort(ORDER);
    return found;
  }

  /** Entry files that cannot be read. */
  public List<Path> unreadable() {
    return files().stream().filter(file -> Files.exists(file) && read(file).isEmpty()).toList();
  }

  /** One entry, if it is there. */
  public Optional<QueueEntry> entry(String id) {
    return read(file(id));
  }

  /** The folder of the runs beside the queue. */
  public Path runs() {
    return path.resolveSibling("runs");
  }

  /** The run of a train entry. */
  public RunFolder run(Work.Train work) {
    return new RunFolder(path.getParent().resolve(work.run()));
  }

  /** How an entry names a run folder: from the queue's parent where it lies below. */
  public String name(Path run) {
    Path folder = run.toAbsolutePath().normalize();
    return folder.startsWith(path.getParent())
        ? path.getParent().relativize(folder).toString()
        : folder.toString();
  }

  /** The folder in which an entry's command leaves its traces, anew for each round. */
  public Path act(QueueEntry entry) {
    return path.resolve("acts").resolve(entry.id() + "-" + entry.round());
  }

  /** What a keeper did, oldest first. */
  public List<Journal.Line> journal() {
    return Journal.read(journalFile());
  }

  /** Whether a keeper is at work. Never ask this in a keeper's own process. */
  public boolean kept() {
    return OsLock.held(keeperLock());
  }

  /** The quiet hours; none where nothing was set. */
  public QuietHours quiet() {
    return Files.exists(settings())
        ? Json.as(Json.read(settings()), QuietHours.class)
        : QuietHours.NONE;
  }

  /** Sets the quiet hours. */
  public void quiet(QuietHours hours) {
    make(path);
    AtomicFile.write(settings(), Json.pretty(hours));
  }

  /** The file whose OS lock means "a keeper is at work". */
  public Path keeperLock() {
    return path.resolve("keeper.lock");
  }

  /** Where the keeper's process says what it has to say. */
  public Path keeperLog() {
    return path.resolve("keeper.log");
  }

  /** The journal's file. */
  public Path journalFile() {
    return path.resolve("journal.jsonl");
  }

  Path file(String id) {
    return path.resolve("entries").resolve(id + ".json");
  }

  Path removed(String id) {
    return path.resolve("removed").resolve(id);
  }

  Path editLock() {
    return path.resolve("edit.lock");
  }

  private Path settings() {
    return path.resolve("settings.json");
  }

  /** Makes a folder, its parents too. */
  public static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> files() {
    Path folder = path.resolve("entries");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<QueueEntry> read(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(Json.as(Json.parse(Files.readString(file), "" + file), QueueEntry.class))
          : Optional.empty();
    } catch (NoSuchFileException | StudioException e) {
      return Optional.empty(); // taken out meanwhile, or spoiled by hand: see unreadable()
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
