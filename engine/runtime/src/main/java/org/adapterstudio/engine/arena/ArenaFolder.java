package org.adapterstudio.engine.arena;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.arena.ArenaPlan;
import org.adapterstudio.contract.arena.Trial;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;

/**
 * An arena on disk: {@code arena.json}, its plan, and {@code trials.jsonl}, a line for each run
 * that was made. A last line that a kill tore is cut off.
 */
final class ArenaFolder {
  private final Path folder;

  ArenaFolder(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the tasks are made. */
  Path tasks() {
    return folder.resolve("tasks");
  }

  /** The plan, where one was made. */
  Optional<ArenaPlan> plan() {
    Path file = folder.resolve("arena.json");
    return Files.exists(file)
        ? Optional.of(Json.as(Json.read(file), ArenaPlan.class))
        : Optional.empty();
  }

  void keep(ArenaPlan plan) {
    AtomicFile.write(folder.resolve("arena.json"), Json.pretty(plan));
  }

  /** Every whole line; a torn one is cut off so that the next starts a line of its own. */
  List<Trial> trials() {
    if (!Files.exists(log())) {
      return new ArrayList<>();
    }
    try (var file = new RandomAccessFile(log().toFile(), "rw")) {
      byte[] bytes = new byte[Math.toIntExact(file.length())];
      file.readFully(bytes);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      file.setLength(end);
      var trials = new ArrayList<Trial>();
      new String(bytes, 0, end, StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> trials.add(Json.as(Json.parse(line, log().toString()), Trial.class)));
      return trials;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A trial that was begun so many times and never came to an end. */
  private record Begun(Trial.Key key, int times) {}

  /** Notes that a trial begins; returns how many times it was begun before without an end. */
  int begin(Trial.Key key) {
    Begun before =
        Files.exists(begun()) ? Json.as(Json.read(begun()), Begun.class) : new Begun(key, 0);
    int times = before.key().equals(key) ? before.times() : 0;
    AtomicFile.write(begun(), Json.pretty(new Begun(key, times + 1)));
    return times;
  }

  /** Forgets the trial that was begun: it was ended on purpose, or its line is written. */
  void ended() {
    try {
      Files.deleteIfExists(begun());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path begun() {
    return folder.resolve("begun.json");
  }

  void add(Trial trial) {
    try {
      Files.writeString(
          log(), Json.line(trial) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return folder.resolve("trials.jsonl");
  }
}
