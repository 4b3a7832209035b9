package org.adapterstudio.engine.export.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.tensors.WeightsFile;

/** The strings that adapters of one file carry beside their tensors. */
final class FileWords {
  /** Where diffusers keeps the settings of a LoRA, as JSON. */
  static final String DIFFUSERS = "lora_adapter_metadata";

  private final String prefix;
  private final JsonNode settings;

  private FileWords(String prefix, JsonNode settings) {
    this.prefix = prefix;
    this.settings = settings;
  }

  /** What a file says of its settings; nothing where it is silent. */
  static FileWords of(Path file) {
    var words = WeightsFile.header(file).metadata();
    JsonNode settings = Json.parse(words.getOrDefault(DIFFUSERS, "{}"), file.toString());
    String prefix = "";
    for (var field : settings.properties()) {
      if (field.getKey().endsWith("lora_alpha")) {
        prefix = field.getKey().replaceFirst("lora_alpha$", "");
      }
    }
    return new FileWords(prefix, settings);
  }

  /** Alpha of a module; 0 where nothing is said. */
  double alpha(String module) {
    JsonNode own = settings.path(prefix + "alpha_pattern").path(module);
    return own.isNumber() ? own.asDouble() : settings.path(prefix + "lora_alpha").asDouble(0);
  }

  /**
   * The words of a file of a dialect.
   *
   * @param alphas module to its alpha
   */
  static Map<String, String> written(
      Dialect dialect, String base, int rank, double alpha, Map<String, Double> alphas) {
    var words = new LinkedHashMap<String, String>();
    words.put("format", "pt");
    if (dialect.alpha()) {
      words.put("ss_network_module", dialect.program());
      words.put("ss_network_dim", Integer.toString(rank));
      words.put("ss_network_alpha", Double.toString(alpha));
      words.put("ss_base_model_version", base);
    } else {
      String place = dialect.prefixes().getFirst();
      ObjectNode settings = Json.object();
      settings.put(place + "r", rank);
      settings.put(place + "lora_alpha", alpha);
      settings.set(place + "alpha_pattern", Json.tree(alphas));
      words.put(DIFFUSERS, Json.line(settings));
    }
    return words;
  }
}
