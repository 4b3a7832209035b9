package org.adapterstudio.contract.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;

/**
 * What a branch started from, as its {@code origin.json} tells.
 *
 * @param kind branch
 * @param name of the run it came from
 * @param path of that run's folder at that time
 * @param seal number of that run's seal, which stays the same wherever the run is copied to; empty
 *     where it has none
 * @param recipe hash of that run's frozen recipe
 * @param step of the checkpoint
 * @param checkpoint hash of the checkpoint's manifest
 * @param optimizer whether the optimizer's numbers go on; they start from zero otherwise
 * @param best whether the best evaluation counts on; where rows changed it does not
 */
public record Origin(
    String kind,
    String name,
    String path,
    String seal,
    String recipe,
    int step,
    String checkpoint,
    boolean optimizer,
    boolean best) {
  /** A run from a checkpoint of another. */
  public static final String BRANCH = "branch";

  /** The origin of a run; a run that started from nothing has none. */
  public static Optional<Origin> of(RunFolder run) {
    return Files.exists(run.origin())
        ? Optional.of(Json.as(Json.read(run.origin()), Origin.class))
        : Optional.empty();
  }

  /** Hash of a run's frozen recipe; empty where it cannot be read. */
  public static String recipeHash(RunFolder run) {
    try {
      return Sha256.of(run.recipeFile());
    } catch (IOException e) {
      return "";
    }
  }

  /** Writes it into a run, whole or not at all. */
  public void write(RunFolder run) {
    AtomicFile.write(run.origin(), Json.pretty(this));
  }

  /** The origin in a sentence. */
  public String sentence() {
    return "Branched from %s behind step %d%s."
        .formatted(name, step, optimizer ? "" : ", the optimizer starting from zero");
  }
}
