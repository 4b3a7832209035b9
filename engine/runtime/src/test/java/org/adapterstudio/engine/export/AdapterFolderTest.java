package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterFolderTest {
  @TempDir Path folder;
  private BaseModel base;
  private Path adapter;

  @BeforeEach
  void writeAdapter() {
    base = BaseModel.load(new PicoProject(folder).base(), "float32");
    adapter = folder.resolve("adapter");
    try (var model = AdaptedModel.attach(base, Recipe.Adapter.of("lora"), 1)) {
      AdapterFolder.write(model, adapter, "card");
    }
  }

  @AfterEach
  void closeBase() {
    base.close();
  }

  @Test
  void twoRenamedKeysAreCountedAndNamed() {
    Path file = adapter.resolve("adapter_model.safetensors");
    var renamed = new LinkedHashMap<String, Values>();
    AdapterFolder.tensors(file)
        .forEach((name, values) -> renamed.put(name.replace("layers.1.mlp.up_proj", "x"), values));
    write(file, renamed);
    assertThatThrownBy(() -> AdapterFolder.load(base, adapter))
        .hasMessageContaining("2 keys unused")
        .hasMessageContaining("2 expected missing")
        .hasMessageContaining("layers.1.mlp.up_proj.lora_A.weight");
  }

  @Test
  void aTensorOfAnotherSizeNamesBothShapes() {
    Path file = adapter.resolve("adapter_model.safetensors");
    var tensors = AdapterFolder.tensors(file);
    String name = tensors.keySet().iterator().next();
    tensors.put(name, new Values(new float[16 * 8], new long[] {16, 8}));
    write(file, tensors);
    assertThatThrownBy(() -> AdapterFolder.load(base, adapter))
        .hasMessageContaining(name)
        .hasMessageContaining("[16, 8]")
        .hasMessageContaining("[16, 32]");
  }

  @Test
  void aMethodThisStudioDoesNotHaveIsRefusedByName() throws IOException {
    change("peft_type", Json.tree("XLORA"));
    assertThatThrownBy(() -> AdapterFolder.load(base, adapter)).hasMessageContaining("XLORA");
  }

  @Test
  void aFeatureThatWouldChangeTheNumbersIsRefusedNotIgnored() throws IOException {
    change("use_bdlora", Json.tree(true));
    assertThatThrownBy(() -> AdapterFolder.load(base, adapter)).hasMessageContaining("use_bdlora");
  }

  @Test
  void theConfigHasEveryFieldOfPeftAndNamesTheModules() {
    JsonNode written = Json.read(adapter.resolve("adapter_config.json"));
    for (String field :
        List.of(
            "base_model_name_or_path",
            "revision",
            "peft_type",
            "task_type",
            "inference_mode",
            "auto_mapping",
            "peft_version",
            "r",
            "lora_alpha",
            "lora_dropout",
            "target_modules",
            "exclude_modules",
            "bias",
            "fan_in_fan_out",
            "use_rslora",
            "use_dora",
            "modules_to_save",
            "init_lora_weights",
            "layers_to_transform",
            "layers_pattern",
            "rank_pattern",
            "alpha_pattern",
            "layer_replication",
            "loftq_config",
            "eva_config",
            "corda_config",
            "trainable_token_indices",
            "lora_bias",
            "target_parameters",
            "use_qalora",
            "alora_invocation_tokens",
            "ensure_weight_tying",
            "megatron_config")) {
      assertThat(written.has(field)).as(field).isTrue();
    }
    assertThat(written.path("target_modules"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");
    assertThat(written.path("lora_alpha").isIntegralNumber()).isTrue();
    assertThat(adapter.resolve("README.md")).content().isEqualTo("card");
  }

  @Test
  void theHubsNameIsUsedForAModelInItsCache() throws IOException {
    Path snapshot = folder.resolve("hub/models--acme--tiny-llama/snapshots/0a1b");
    Files.createDirectories(snapshot);
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(base.folder().resolve(file), snapshot.resolve(file));
    }
    try (var cached = BaseModel.load(snapshot, "float32")) {
      assertThat(AdapterFolder.baseName(cached)).isEqualTo("acme/tiny-llama");
    }
    assertThat(AdapterFolder.baseName(base)).isEqualTo(base.folder().toString());
  }

  private void change(String field, JsonNode value) throws IOException {
    Path file = adapter.resolve("adapter_config.json");
    var config = (ObjectNode) Json.read(file);
    config.set(field, value);
    Files.writeString(file, Json.pretty(config));
  }

  private static void write(Path file, Map<String, Values> tensors) {
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    tensors.forEach((name, values) -> entries.put(name, SafetensorsWriter.float32(values)));
    SafetensorsWriter.write(file, entries, Map.of());
  }
}
