package org.adapterstudio.contract.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.tensors.WeightsFile;

/** Reads a folder that has a {@code config.json} as a base model. */
final class ModelFolder {
  private ModelFolder() {}

  /** The model, broken or sound; nothing where the configuration is not a model's. */
  static Optional<ModelEntry> read(Path folder) {
    List<Path> files = WeightsFile.all(folder);
    JsonNode config;
    try {
      config = Json.read(folder.resolve("config.json"));
    } catch (StudioException e) {
      return files.isEmpty() ? Optional.empty() : Optional.of(broken(folder, files, e));
    }
    if (files.isEmpty() && !config.has("architectures")) {
      return Optional.empty();
    }
    try {
      Weights.requireShards(folder);
      requireWeights(files);
      return Optional.of(entry(folder, config, Weights.of(files), ""));
    } catch (StudioException e) {
      return Optional.of(entry(folder, config, sizes(files), EntryName.inside(folder, e)));
    } catch (UncheckedIOException e) {
      return Optional.of(entry(folder, config, sizes(files), e.getMessage()));
    }
  }

  private static void requireWeights(List<Path> files) {
    if (files.isEmpty()) {
      throw StudioException.badInput(
          "There are no weights: neither *.safetensors nor pytorch_model*.bin beside config.json.",
          "Fetch the model's safetensors files.");
    }
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw StudioException.badInput(
            file.getFileName() + " is a link to a file that is not there.",
            "Fetch the model again.");
      }
    }
  }

  private static ModelEntry broken(Path folder, List<Path> files, StudioException cause) {
    return entry(folder, Json.object(), sizes(files), EntryName.inside(folder, cause));
  }

  private static Weights sizes(List<Path> files) {
    return new Weights(0, "", files.stream().mapToLong(Weights::size).sum());
  }

  private static ModelEntry entry(Path folder, JsonNode config, Weights weights, String problem) {
    return new ModelEntry(
        folder,
        EntryName.of(folder),
        config.path("architectures").path(0).asText(""),
        config.path("model_type").asText(""),
        weights.parameters(),
        weights.dtype(),
        weights.bytes(),
        config.path("tie_word_embeddings").asBoolean(false),
        problem);
  }
}
