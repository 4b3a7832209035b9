package org.adapterstudio.contract.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/** Reads a folder that has an {@code adapter_config.json}. */
final class AdapterFolder {
  private AdapterFolder() {}

  /** The adapter, broken or sound. */
  static AdapterEntry read(Path folder) {
    Path file = folder.resolve("adapter_model.safetensors");
    JsonNode config = Json.object();
    try {
      config = Json.read(folder.resolve("adapter_config.json"));
      requireWeights(folder, file);
      return entry(folder, config, Weights.of(List.of(file)), "");
    } catch (StudioException e) {
      return entry(
          folder, config, new Weights(0, "", Weights.size(file)), EntryName.inside(folder, e));
    } catch (UncheckedIOException e) {
      return entry(folder, config, Weights.NONE, e.getMessage());
    }
  }

  private static void requireWeights(Path folder, Path file) {
    if (!Files.exists(file)) {
      boolean pickled = Files.exists(folder.resolve("adapter_model.bin"));
      throw StudioException.badInput(
          pickled
              ? "The weights are in adapter_model.bin, which can run code when opened;"
                  + " only safetensors are read."
              : "adapter_model.safetensors is missing.",
          "Save the adapter as safetensors.");
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
