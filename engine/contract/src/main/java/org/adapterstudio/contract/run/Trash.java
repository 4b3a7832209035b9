package org.adapterstudio.contract.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.adapterstudio.contract.StudioException;

/**
 * Runs that were discarded. Discarding and bringing back are one rename each, into {@code .trash}
 * beside the run and out of it; nothing is deleted until that is asked for.
 */
public final class Trash {
  private static final String FOLDER = ".trash";
  private static final String MARK = "@";

  private Trash() {}

  /**
   * A run in the trash.
   *
   * @param folder where it lies now
   * @param name it had
   */
  public record Discarded(Path folder, String name, Instant at) {}

  /** Moves a run into the trash; refuses one that an engine holds. */
  public static Discarded discard(RunFolder run) {
    if (EngineLock.held(run)) {
      throw StudioException.badInput(
          "An engine is at work on the run " + run.name() + ".", "Stop it first.");
    }
    Instant now = Instant.now();
    Path trash = run.path().resolveSibling(FOLDER);
    Path place = trash.resolve(run.name() + MARK + now.toEpochMilli());
    try {
      Files.createDirectories(trash);
      Files.move(run.path(), place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Discarded(place, run.name(), now);
  }

  /** Brings a run back, under its name or the first free one behind it. */
  public static RunFolder restore(Discarded discarded) {
    Path runs = discarded.folder().getParent().getParent();
    Path place = runs.resolve(discarded.name());
    for (int n = 2; Files.exists(place); n++) {
      place = runs.resolve(discarded.name() + "-" + n);
    }
    try {
      Files.move(discarded.folder(), place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return RunFolder.open(place);
  }

  /** What lies in the trash of the places where runs of a working folder are, newest first. */
  public static List<Discarded> list(Path workingFolder) {
    var all = new ArrayList<Discarded>();
    Stream.of(Runs.folder(workingFolder), Runs.home().resolve("runs"))
        .distinct()
        .map(runs -> runs.resolve(FOLDER))
        .forEach(trash -> all.addAll(in(trash)));
    all.sort(Comparator.comparing(Discarded::at).reversed());
    return all;
  }

  /** A folder of the trash as what it was. */
  public static Discarded of(Path folder) {
    Path place = folder.toAbsolutePath().normalize();
    String name = place.getFileName().toString();
    int mark = name.lastIndexOf(MARK);
    if (mark < 1 || !place.getParent().endsWith(FOLDER) || !name.matches(".*@\\d{1,15}")) {
      throw StudioException.badInput(
          folder + " is not a discarded run.", "`studio restore` lists them.");
    }
    Instant at = Instant.ofEpochMilli(Long.parseLong(name.substring(mark + 1)));
    return new Discarded(place, name.substring(0, mark), at);
  }

  /** Deletes a discarded run for good. */
  public static void delete(Discarded discarded) {
    try (var files = Files.walk(discarded.folder())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Discarded> in(Path trash) {
    if (!Files.isDirectory(trash)) {
      return List.of();
    }
    try (var folders = Files.list(trash)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches(".+@\\d{1,15}"))
          .map(Trash::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
