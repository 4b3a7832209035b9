package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A config that PEFT wrote, read and written again, is the same field by field. */
class GoldenConfigsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama/lora",
        "llama/dora",
        "llama/loha",
        "llama/lokr",
        "llama/lokr_factor",
        "llama/ia3",
        "llama/vera",
        "llama/pvera",
        "llama/randlora",
        "llama/vblora",
        "llama/tinylora",
        "llama/unilora",
        "llama/mica",
        "llama/kasa",
        "llama/velora",
        "llama/gralora",
        "llama/gralora_hybrid",
        "llama/lily",
        "qwen2/lora_with_lora_bias"
      })
  void aConfigIsWrittenAsItWasRead(String name) {
    Path file = Golden.folder("adapters/" + name).resolve("adapter_config.json");
    ObjectNode wanted = (ObjectNode) Json.read(file);
    Recipe.Adapter settings = PeftConfig.read(file);
    var base =
        new PeftConfig.Base(
            wanted.path("base_model_name_or_path").asText(),
            wanted.path("task_type").asText(),
            wanted.path("fan_in_fan_out").asBoolean(),
            Map.of());
    JsonNode written = Json.parse(PeftConfig.write(settings, base).toString(), name);
    assertThat(written.properties()).containsExactlyInAnyOrderElementsOf(wanted.properties());
  }
}
