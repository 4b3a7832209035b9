package org.adapterstudio.engine.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.tensors.WeightsFile;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;

/**
 * An adapter's folder as data, without its base.
 *
 * @param folder it was read from
 * @param settings as its config tells them
 * @param config as it is stored
 * @param tensors by their names in the file
 */
public record StoredAdapter(
    Path folder, Recipe.Adapter settings, JsonNode config, SequencedMap<String, Values> tensors) {
  /** Reads a folder of PEFT's. */
  public static StoredAdapter read(Path folder) {
    if (!AdapterFolder.is(folder)) {
      throw StudioException.badInput(
          folder + " is not an adapter: it has no adapter_config.json.",
          "Give an adapter's folder; `studio convert --to peft` makes one of a single file.");
    }
    var tensors = new LinkedHashMap<>(AdapterFolder.tensors(WeightsFile.ofAdapter(folder)));
    return new StoredAdapter(
        folder, AdapterFolder.settings(folder), AdapterFolder.config(folder), tensors);
  }

  /** The base it names; empty where it names none. */
  public String base() {
    return config.path("base_model_name_or_path").asText("");
  }

  /**
   * Writes other settings and tensors for the same base as this adapter's; returns the weights'
   * bytes.
   */
  public long writeFor(
      Path out, Recipe.Adapter others, Map<String, Values> numbers, String readme) {
    try {
      Files.createDirectories(out);
      Path told = folder.resolve(MadeFor.FILE);
      if (Files.exists(told)) {
        Files.copy(told, out.resolve(MadeFor.FILE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    numbers.forEach((name, values) -> entries.put(name, SafetensorsWriter.float32(values)));
    long bytes =
        SafetensorsWriter.write(
            out.resolve(AdapterFolder.WEIGHTS), entries, Map.of("format", "pt"));
    String task = config.path("task_type").isTextual() ? config.path("task_type").asText() : null;
    boolean transposed = config.path("fan_in_fan_out").asBoolean();
    var written = PeftConfig.write(others, new PeftConfig.Base(base(), task, transposed, Map.of()));
    AtomicFile.write(out.resolve(AdapterFolder.CONFIG), Json.pretty(written));
    AtomicFile.write(out.resolve("README.md"), readme);
    return bytes;
  }
}
