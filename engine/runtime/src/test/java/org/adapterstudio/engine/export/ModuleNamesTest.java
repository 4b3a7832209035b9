package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleNamesTest {
  @TempDir Path out;
  private final BaseModel base = BaseModel.load(Golden.folder("models/vit"), "float32");

  @AfterEach
  void close() {
    base.close();
  }

  @Test
  void whatIsWrittenHasTheNamesOfPeftWhicheverNamesWereRead() {
    for (String name : List.of("lora_default", "lora_transformers4_names")) {
      Path read = Golden.folder("adapters/vit/" + name);
      try (var model = AdapterFolder.load(base, read)) {
        JsonNode config = written(model, name);
        assertThat(config.path("target_modules"))
            .extracting(JsonNode::asText)
            .containsExactlyInAnyOrder("q_proj", "v_proj");
        assertThat(config.path("task_type").isNull()).isTrue();
        assertThat(AdapterFolder.tensors(weights(out.resolve(name))))
            .containsOnlyKeys(
                AdapterFolder.tensors(weights(Golden.folder("adapters/vit/lora_default")))
                    .keySet());
      }
    }
    assertThat(weights(out.resolve("lora_default")))
        .hasSameBinaryContentAs(weights(out.resolve("lora_transformers4_names")));
  }

  @Test
  void ranksByFileNameAreWrittenByTheNameInMemory() {
    var settings =
        new Recipe.Adapter(
            "lora",
            4,
            8.0,
            0.0,
            Json.tree(List.of("query", "attention.output.dense")),
            null,
            Map.of("layer.1.attention.attention.query", 2),
            Map.of("layers.0.attention.o_proj", 3.0),
            List.of("classifier"),
            "none",
            null,
            null);
    try (var model = AdaptedModel.attach(base, settings, 1)) {
      JsonNode config = written(model, "ranks");
      assertThat(config.path("target_modules"))
          .extracting(JsonNode::asText)
          .containsExactlyInAnyOrder("q_proj", "o_proj");
      assertThat(config.path("rank_pattern"))
          .isEqualTo(Json.tree(Map.of("vit.layers.1.attention.q_proj", 2)));
      assertThat(config.path("alpha_pattern"))
          .isEqualTo(Json.tree(Map.of("vit.layers.0.attention.o_proj", 3.0)));
    }
  }

  @Test
  void shortNamesThatMeanMoreLayersAreWrittenWhole() {
    var target = Json.tree(List.of("vit.encoder.layer.0.intermediate.dense"));
    var settings =
        new Recipe.Adapter(
            "lora", null, null, null, target, null, null, null, null, null, null, null);
    try (var model = AdaptedModel.attach(base, settings, 1)) {
      assertThat(written(model, "whole").path("target_modules"))
          .extracting(JsonNode::asText)
          .containsExactly("vit.layers.0.mlp.fc1");
    }
  }

  private JsonNode written(AdaptedModel model, String name) {
    AdapterFolder.write(model, out.resolve(name), "card");
    assertThat(Proof.ofAdapter(model, out.resolve(name), model.network().probe())).isZero();
    return Json.read(out.resolve(name).resolve("adapter_config.json"));
  }

  private static Path weights(Path folder) {
    return folder.resolve("adapter_model.safetensors");
  }
}
