package org.adapterstudio.contract.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.adapterstudio.contract.StudioException;

/**
 * Where deleted runs wait: {@code .trash} beside them, each under its name and the time of its
 * deletion. A run goes there and comes back by one rename. What lay there for a week is gone at the
 * next deletion.
 */
public final class RunTrash {
  /** How long a deleted run can be brought back at least. */
  public static final Duration KEPT = Duration.ofDays(7);

  private static final String FOLDER = ".trash";
  private static final String DELETED = "(.+)~(\\d+)";

  private RunTrash() {}

  /**
   * A run in the trash.
   *
   * @param folder where it waits
   * @param from where it was
   * @param time of its deletion, milliseconds since 1970
   */
  public record Deleted(Path folder, Path from, long time) {
    /** The run's name. */
    public String name() {
      return from.getFileName().toString();
    }

    /** Brings the run back to where it was; refuses where another took its place. */
    public RunFolder restore() {
      if (Files.exists(from)) {
        throw StudioException.badInput(
            "There is another run at " + from + " now.", "Move or delete it first.");
      }
      move(folder, from);
      return RunFolder.open(from);
    }
  }

  /** Moves a run into the trash; a run whose engine lives is refused. */
  public static Deleted delete(RunFolder run) {
    if (EngineLock.held(run)) {
      throw StudioException.badInput(
          "The engine of " + run.name() + " is at work.", "Stop the run first.");
    }
    Path trash = run.path().resolveSibling(FOLDER);
    try {
      Files.createDirectories(trash);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long now = System.currentTimeMillis();
    list(run.path().getParent()).stream()
        .filter(old -> old.time() < now - KEPT.toMillis())
        .forEach(old -> erase(old.folder()));
    Path place = trash.resolve(run.name() + "~" + now);
    move(run.path(), place);
    return new Deleted(place, run.path(), now);
  }

  /** The deleted runs of a runs folder, the last one first. */
  public static List<Deleted> list(Path runs) {
    Path trash = runs.resolve(FOLDER);
    if (!Files.isDirectory(trash)) {
      return List.of();
    }
    try (var folders = Files.list(trash)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches(DELETED))
          .map(folder -> deleted(folder, runs))
          .sorted(Comparator.comparing(Deleted::time).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Deleted deleted(Path folder, Path runs) {
    String name = folder.getFileName().toString();
    return new Deleted(
        folder,
        runs.resolve(name.replaceFirst(DELETED, "$1")),
        Long.parseLong(name.replaceFirst(DELETED, "$2")));
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void erase(Path folder) {
    try (var all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
