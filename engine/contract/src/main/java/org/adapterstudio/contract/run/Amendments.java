package org.adapterstudio.contract.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;

/**
 * All amendments of a run, a file each in its {@code amendments} folder, oldest first.
 *
 * @param all pending ones among them
 */
public record Amendments(List<Amendment> all) {
  private static final String FOLDER = "amendments";

  /** What lies in a run's folder now. */
  public static Amendments of(RunFolder run) {
    return new Amendments(files(run).stream().map(Amendments::read).toList());
  }

  /** Asks for an amendment; the engine that next takes the run carries it out. */
  public static void add(RunFolder run, Amendment amendment) {
    try {
      Path folder = Files.createDirectories(run.path().resolve(FOLDER));
      String name = "%d-%s.json".formatted(System.currentTimeMillis(), UUID.randomUUID());
      AtomicFile.write(folder.resolve(name), Json.line(amendment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes up what is pending behind a step, for good; returns what was. */
  public static List<Amendment> takeUp(RunFolder run, int step) {
    var taken = new ArrayList<Amendment>();
    for (Path file : files(run)) {
      Amendment amendment = read(file);
      if (amendment.pending()) {
        AtomicFile.write(file, Json.line(amendment.takenUp(step)));
        taken.add(amendment.takenUp(step));
      }
    }
    return taken;
  }

  /** What the schedule's learning rate of a step is multiplied by. */
  public double learningRateFactor(int step) {
    return all.stream()
        .filter(amendment -> amendment.holds(step) && amendment.learningRateFactor() != null)
        .mapToDouble(Amendment::learningRateFactor)
        .reduce(1, (a, b) -> a * b);
  }

  /** What is done about a batch of this step that gives no numbers. */
  public String onNonFinite(int step, String planned) {
    return all.stream()
        .filter(amendment -> amendment.holds(step) && amendment.onNonFinite() != null)
        .map(Amendment::onNonFinite)
        .reduce(planned, (_, last) -> last);
  }

  /** Whether a change of the learning rate waits for the next engine. */
  public boolean learningRatePending() {
    return all.stream().anyMatch(it -> it.pending() && it.learningRateFactor() != null);
  }

  private static Amendment read(Path file) {
    return Json.as(Json.read(file), Amendment.class);
  }

  private static List<Path> files(RunFolder run) {
    Path folder = run.path().resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d.*\\.json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
