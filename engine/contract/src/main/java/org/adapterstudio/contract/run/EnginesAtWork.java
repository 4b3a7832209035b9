package org.adapterstudio.contract.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.adapterstudio.contract.json.AtomicFile;

/**
 * Every run of this computer whose engine lives, whatever project it belongs to: one small file per
 * launched run names its folder, and the run's lock says whether it still counts.
 *
 * @param folder of the names
 */
public record EnginesAtWork(Path folder) {
  /** An engine that was noted takes its lock a moment later; until then its note must stay. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** The notes of this computer, in the studio's home. */
  public static EnginesAtWork ofHome() {
    return new EnginesAtWork(Runs.home().resolve("engines"));
  }

  /** Notes a run that is about to be started. */
  public void note(RunFolder run) {
    String path = run.path().toString();
    String name = UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)) + ".txt";
    try {
      Files.createDirectories(folder);
      AtomicFile.write(folder.resolve(name), path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The runs whose engines hold their locks now. Notes of engines long gone are dropped. */
  public List<RunFolder> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var live = new ArrayList<RunFolder>();
    try (var notes = Files.list(folder)) {
      for (Path note : notes.filter(file -> file.toString().endsWith(".txt")).toList()) {
        look(note, live);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return live;
  }

  private static void look(Path note, List<RunFolder> live) throws IOException {
    var run = new RunFolder(Path.of(Files.readString(note)));
    if (EngineLock.held(run)) {
      live.add(run);
    } else if (age(note).compareTo(KEPT) > 0) {
      Files.deleteIfExists(note);
    }
  }

  private static Duration age(Path note) throws IOException {
    long millis = System.currentTimeMillis() - Files.getLastModifiedTime(note).toMillis();
    return Duration.ofMillis(millis);
  }
}
