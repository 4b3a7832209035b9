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
 * All adjustments of a run, a file each in its {@code adjustments} folder, oldest first.
 *
 * @param all pending ones among them
 */
public record Adjustments(List<Adjustment> all) {
  private static final String FOLDER = "adjustments";

  /** What lies in a run's folder now. */
  public static Adjustments of(RunFolder run) {
    return new Adjustments(files(run).stream().map(Adjustments::read).toList());
  }

  /** Asks for an adjustment; the engine that next takes the run carries it out. */
  public static void add(RunFolder run, Adjustment adjustment) {
    try {
      Path folder = Files.createDirectories(run.path().resolve(FOLDER));
      String name = "%d-%s.json".formatted(System.currentTimeMillis(), UUID.randomUUID());
      AtomicFile.write(folder.resolve(name), Json.line(adjustment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes up what is pending behind a step, for good; returns what was. */
  public static List<Adjustment> takeUp(RunFolder run, int step) {
    var taken = new ArrayList<Adjustment>();
    for (Path file : files(run)) {
      Adjustment adjustment = read(file);
      if (adjustment.pending()) {
        AtomicFile.write(file, Json.line(adjustment.takenUp(step)));
        taken.add(adjustment.takenUp(step));
      }
    }
    return taken;
  }

  /** What the schedule's learning rate of a step is multiplied by. */
  public double learningRateFactor(int step) {
    return all.stream()
        .filter(adjustment -> adjustment.holds(step) && adjustment.learningRateFactor() != null)
        .mapToDouble(Adjustment::learningRateFactor)
        .reduce(1, (a, b) -> a * b);
  }

  /** What is done about a batch of this step that gives no numbers. */
  public String onNonFinite(int step, String planned) {
    return all.stream()
        .filter(adjustment -> adjustment.holds(step) && adjustment.onNonFinite() != null)
        .map(Adjustment::onNonFinite)
        .reduce(planned, (_, last) -> last);
  }

  /** Whether a change of the learning rate waits for the next engine. */
  public boolean learningRatePending() {
    return all.stream().anyMatch(it -> it.pending() && it.learningRateFactor() != null);
  }

  private static Adjustment read(Path file) {
    return Json.as(Json.read(file), Adjustment.class);
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
