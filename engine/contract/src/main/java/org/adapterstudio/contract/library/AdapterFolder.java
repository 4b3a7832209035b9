package org.adapterstudio.contract.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.tensors.WeightsFile;

/** Reads a folder that has an {@code adapter_config.json}. */
final class AdapterFolder {
  private AdapterFolder() {}

  /** The adapter, broken or sound. */
  static AdapterEntry read(Path folder) {
    Path file = WeightsFile.ofAdapter(folder);
    JsonNode config = Json.object();
    try {
      config = Json.read(folder.resolve("adapter_config.json"));
      requireWeights(file);
      return entry(folder, config, Weights.of(List.of(file)), "");
    } catch (StudioException e) {
      return entry(
          folder, config, new Weights(0, "", Weights.size(file)), EntryName.inside(folder, e));
    } catch (UncheckedIOException e) {
      return entry(folder, config, Weights.NONE, e.getMessage());
    }
  }

  private static void requireWeights(Path file) {
    if (!Files.exists(file)) {
      throw StudioException.badInput(
          file.getFileName() + " is missing.", "Save the adapter as safetensors.");
    }
  }

  private static AdapterEntry entry(Path folder, JsonNode config, Weights weights, String problem) {
    return new AdapterEntry(
        folder,
        EntryName.of(folder),
        config.path("base_model_name_or_path").asText(""),
        config.path("peft_type").asText("lora").toLowerCase(Locale.ROOT),
        config.path("r").asInt(0),
        weights.parameters(),
        weights.bytes(),
        problem);
  }
}
