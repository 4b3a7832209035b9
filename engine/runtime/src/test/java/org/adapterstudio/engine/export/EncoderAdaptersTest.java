package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What adapters of encoders are called, compared with what PEFT 0.21 writes for them. */
class EncoderAdaptersTest {
  private static final String P = "base_model.model.";

  @TempDir Path folder;

  @Test
  void aSavedModuleIsEachWhoseNameEndsSoAsInPeft() {
    try (var base = BaseModel.load(Golden.selfMade("distilbert"), "float32");
        var model = attached(base, "q_lin", List.of("classifier", "score"))) {
      assertThat(model.trainable().keySet())
          .containsExactlyInAnyOrder(
              P + "distilbert.transformer.layer.0.attention.q_lin.lora_A.weight",
              P + "distilbert.transformer.layer.0.attention.q_lin.lora_B.weight",
              P + "distilbert.transformer.layer.1.attention.q_lin.lora_A.weight",
              P + "distilbert.transformer.layer.1.attention.q_lin.lora_B.weight",
              P + "pre_classifier.weight",
              P + "pre_classifier.bias",
              P + "classifier.weight",
              P + "classifier.bias");
    }
  }

  @Test
  void allThatIsInsideASavedModuleIsSavedAndTargetedNoMore() {
    try (var base = BaseModel.load(Golden.folder("models/roberta"), "float32");
        var model = attached(base, "dense", List.of("classifier"))) {
      assertThat(model.trainable().keySet())
          .contains(P + "classifier.dense.weight", P + "classifier.out_proj.bias")
          .noneMatch(name -> name.startsWith(P + "classifier.dense.lora"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "distilbert",
        "deberta_v2_unshared",
        "bert_masked_lm",
        "roberta_masked_lm",
        "deberta_v2_masked_lm_new_head"
      })
  void anAdapterOfAllLinearLayersIsWrittenAndReadBack(String name) {
    try (var base = BaseModel.load(Golden.selfMade(name), "float32");
        var model = AdaptedModel.attach(base, Recipe.Adapter.of("lora"), 3)) {
      AdapterFolder.write(model, folder, "");
      try (var loaded = AdapterFolder.load(base, folder)) {
        assertThat(loaded.trainable().keySet()).isEqualTo(model.trainable().keySet());
      }
    }
  }

  @Test
  void theConfigTellsPeftItsTaskAndTheLayoutOfTheWeights() {
    assertThat(config("distilbert").path("task_type").asText()).isEqualTo("SEQ_CLS");
    assertThat(config("bert_masked_lm").path("task_type").isNull()).isTrue();
    assertThat(config("bert_masked_lm").path("fan_in_fan_out").asBoolean()).isFalse();
    Path gpt2 = Golden.folder("models/gpt2");
    assertThat(config(gpt2).path("fan_in_fan_out").asBoolean()).isTrue();
  }

  @Test
  void aFreshHeadTravelsWithTheAdapter() {
    Purpose purpose = Purpose.classification(List.of("bad", "good"));
    Path masked = Golden.selfMade("deberta_v2_masked_lm");
    try (var base = load(masked, purpose, 5);
        var model = AdaptedModel.attach(base, Recipe.Adapter.of("lora"), 3)) {
      AdapterFolder.write(model, folder, "");
      assertThat(AdapterFolder.purpose(folder)).isEqualTo(purpose);
      assertThat(AdapterFolder.tensors(folder.resolve("adapter_model.safetensors")))
          .containsKeys(P + "classifier.weight", P + "pooler.dense.weight");
      try (var again = load(masked, purpose, 77);
          var loaded = AdapterFolder.load(again, folder)) {
        assertThat(loaded.trainable().get(P + "classifier.weight").toFloatArray())
            .containsExactly(model.trainable().get(P + "classifier.weight").toFloatArray());
      }
    }
  }

  private static BaseModel load(Path folder, Purpose purpose, long seed) {
    return BaseModel.load(folder, Storage.plain("float32"), purpose, seed, BaseModel.Progress.NONE);
  }

  private JsonNode config(String name) {
    return config(Golden.selfMade(name));
  }

  private JsonNode config(Path model) {
    Path out = folder.resolve(model.getFileName());
    try (var base = BaseModel.load(model, "float32");
        var adapted = AdaptedModel.attach(base, Recipe.Adapter.of("lora"), 3)) {
      AdapterFolder.write(adapted, out, "");
    }
    return Json.read(out.resolve("adapter_config.json"));
  }

  private static AdaptedModel attached(BaseModel base, String target, List<String> saved) {
    var settings =
        new Recipe.Adapter(
            "lora",
            2,
            4.0,
            0.0,
            Json.tree(List.of(target)),
            null,
            null,
            null,
            saved,
            null,
            null,
            null);
    return AdaptedModel.attach(base, settings, 3);
  }
}
