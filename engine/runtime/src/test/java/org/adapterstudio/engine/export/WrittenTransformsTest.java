package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.model.BaseModel;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configs of rotations, products, spectral changes and blocks are written as PEFT writes them. */
class WrittenTransformsTest {
  /** Where a start came from says nothing about a file; names and orders are the writer's own. */
  private static final Set<String> FREE =
      Set.of("base_model_name_or_path", "init_weights", "target_modules", "peft_version");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oft",
        "oft_coft_block_share",
        "boft",
        "hra",
        "hra_gs",
        "miss",
        "miss_mini",
        "miss_bat",
        "road_1",
        "road_4",
        "c3a",
        "fourierft",
        "waveft",
        "shira",
        "delora",
        "hira",
        "deft",
        "deft_qr",
        "psoft",
        "glora",
        "beft",
        "peanut",
        "osf"
      })
  void fieldsAndValuesAreThoseOfTheReference(String name) {
    Path reference = Golden.folder("adapters/llama/" + name);
    try (var base = BaseModel.load(Golden.folder("models/llama"), "float32");
        var model = AdapterFolder.load(base, reference)) {
      AdapterFolder.write(model, folder, "");
    }
    Map<String, String> wanted = fields(reference.resolve("adapter_config.json"));
    assertThat(fields(folder.resolve("adapter_config.json"))).isEqualTo(wanted);
  }

  private static Map<String, String> fields(Path file) {
    var fields = new TreeMap<String, String>();
    Json.read(file).properties().forEach(field -> fields.put(field.getKey(), text(field)));
    return fields;
  }

  private static String text(Map.Entry<String, JsonNode> field) {
    JsonNode value = field.getValue();
    if (FREE.contains(field.getKey())) {
      return "";
    }
    boolean nothing = value.isNull() || value.isContainerNode() && value.isEmpty();
    if (nothing || field.getKey().equals("alpha") && value.asDouble() == 0) {
      return "nothing"; // DEFT takes an alpha of 0 as none
    }
    return value.isNumber() ? Double.toString(value.asDouble()) : value.toString();
  }
}
