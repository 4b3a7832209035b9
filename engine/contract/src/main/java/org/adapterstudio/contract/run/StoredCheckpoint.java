package org.adapterstudio.contract.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;

/**
 * What a checkpoint folder tells without its tensors.
 *
 * @param folder it lies in
 * @param step last update it holds
 * @param bestEvalLoss lowest held-out loss until then; null before the first evaluation
 * @param bestStep step of that evaluation
 * @param adapter settings its numbers belong to
 * @param bytes of all its files
 * @param saved milliseconds since 1970
 * @param sound whether its files have the hashes of its manifest
 */
public record StoredCheckpoint(
    Path folder,
    int step,
    Double bestEvalLoss,
    int bestStep,
    Recipe.Adapter adapter,
    long bytes,
    long saved,
    boolean sound) {
  /** Trained numbers. */
  public static final String TRAINED = "trained.safetensors";

  /** The optimizer's numbers. */
  public static final String OPTIMIZER = "optimizer.safetensors";

  /** Where the run stood. */
  public static final String STATE = "state.json";

  /** The hash of each of the others. */
  public static final String MANIFEST = "manifest.json";

  /** Reads a checkpoint and hashes its files; nothing where the folder tells no state. */
  public static Optional<StoredCheckpoint> read(Path folder) {
    return read(folder, sound(folder));
  }

  /** The checkpoints of a run that tell a state, ascending. */
  public static List<StoredCheckpoint> all(RunFolder run) {
    return run.checkpointSteps().stream()
        .map(run::checkpoint)
        .map(StoredCheckpoint::read)
        .flatMap(Optional::stream)
        .toList();
  }

  /** The same without hashing: a checkpoint with a manifest is taken for sound. */
  public static List<StoredCheckpoint> glances(RunFolder run) {
    return run.checkpointSteps().stream()
        .map(run::checkpoint)
        .map(folder -> read(folder, Files.exists(folder.resolve(MANIFEST))))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<StoredCheckpoint> read(Path folder, boolean sound) {
    try {
      JsonNode state = Json.read(folder.resolve(STATE));
      var adapter = Json.as(state.path("adapter"), Recipe.Adapter.class);
      JsonNode best = state.path("best_eval_loss");
      return Optional.of(
          new StoredCheckpoint(
              folder,
              state.path("step").asInt(),
              best.isNumber() ? best.asDouble() : null,
              state.path("best_step").asInt(),
              adapter == null ? Recipe.Adapter.of(null) : adapter,
              size(folder),
              Files.getLastModifiedTime(folder).toMillis(),
              sound));
    } catch (StudioException | IOException e) {
      return Optional.empty();
    }
  }

  /** Whether the files of a folder have the hashes of its manifest. */
  public static boolean sound(Path folder) {
    Path manifest = folder.resolve(MANIFEST);
    if (!Files.exists(manifest)) {
      return false;
    }
    try {
      return Json.read(manifest).equals(Json.tree(hashes(folder)));
    } catch (IOException | StudioException e) {
      return false;
    }
  }

  /** What a manifest holds. */
  public static SequencedMap<String, String> hashes(Path folder) throws IOException {
    var hashes = new LinkedHashMap<String, String>();
    for (String name : List.of(TRAINED, OPTIMIZER, STATE)) {
      hashes.put(name, Sha256.of(folder.resolve(name)));
    }
    return hashes;
  }

  /** The checkpoint as a whole: the hash of its manifest. */
  public String hash() {
    try {
      return Sha256.of(folder.resolve(MANIFEST));
    } catch (IOException e) {
      return "";
    }
  }

  /** Bytes of a folder's files. */
  public static long size(Path folder) throws IOException {
    long bytes = 0;
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
