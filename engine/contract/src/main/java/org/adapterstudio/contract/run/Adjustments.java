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
    String name = "%d-%s.json".formatted(System.currentTimeMillis(), UUID.randomUUID());
    write(run.path().resolve(FOLDER).resolve(name), adjustment);
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

  /** Copies what engines have taken up into a run that repeats or continues these steps. */
  public static void carry(RunFolder from, RunFolder to) {
    for (Path file : files(from)) {
      Adjustment adjustment = read(file);
      if (!adjustment.pending()) {
        Path place = to.path().resolve(FOLDER).resolve(file.getFileName());
        write(place, adjustment);
      }
    }
  }

  private static void write(Path file, Adjustment adjustment) {
    try {
      Files.createDirectories(file.getParent());
      AtomicFile.write(file, Json.line(adjustment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a pending change will multiply the learning rate by; 1 where none waits. */
  public double pendingFactor() {
    return all.stream()
        .filter(it -> it.pending() && it.learningRateFactor() != null)
        .mapToDouble(Adjustment::learningRateFactor)
        .reduce(1, (a, b) -> a * b);
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
