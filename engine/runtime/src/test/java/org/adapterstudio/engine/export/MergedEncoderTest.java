package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A merged encoder is found again with the head it was given, without being told. */
class MergedEncoderTest {
  private static final Inputs TWO_TEXTS = Inputs.of(Tokens.of(new long[] {7, 8, 9, 10, 11, 12}, 2));

  @TempDir Path folder;

  @Test
  void aClassifierOnAMaskedLanguageModelIsSavedAsAClassifierOfItsLabels() {
    Purpose purpose = Purpose.classification(List.of("bad", "fair", "good"));
    Path masked = Golden.selfMade("deberta_v2_masked_lm");
    try (var base =
            BaseModel.load(masked, Storage.plain("float32"), purpose, 5, BaseModel.Progress.NONE);
        var model = AdaptedModel.attach(base, Recipe.Adapter.of("lora"), 3)) {
      move(model);
      MergedModel.write(model, folder, "");
      try (var merged = BaseModel.load(folder, "float32")) {
        assertThat(Compare.maxDifference(logits(model), logits(AdaptedModel.plain(merged))))
            .isLessThan(1e-5);
      }
    }
    JsonNode config = Json.read(folder.resolve("config.json"));
    assertThat(config.path("architectures").path(0).asText())
        .isEqualTo("DebertaV2ForSequenceClassification");
    assertThat(config.path("id2label").path("2").asText()).isEqualTo("good");
    assertThat(config.path("label2id").path("bad").asInt(-1)).isZero();
  }

  @Test
  void aDecoderTrainedApartFromTheWordsTakesItsBiasAlong() {
    try (var base = BaseModel.load(Golden.selfMade("bert_masked_lm"), "float32");
        var model = AdaptedModel.attach(base, saving("decoder"), 3)) {
      move(model);
      MergedModel.write(model, folder, "");
      try (var merged = BaseModel.load(folder, "float32")) {
        assertThat(merged.names())
            .contains("cls.predictions.decoder.weight", "cls.predictions.decoder.bias");
        assertThat(Compare.maxDifference(logits(model), logits(AdaptedModel.plain(merged))))
            .isLessThan(1e-5);
      }
    }
  }

  private static Recipe.Adapter saving(String module) {
    return new Recipe.Adapter(
        "lora",
        2,
        4.0,
        0.0,
        Json.tree(List.of("query")),
        null,
        null,
        null,
        List.of(module),
        null,
        null,
        null);
  }

  /** Every trained number moves a little, so that nothing is what it was in the base. */
  private static void move(AdaptedModel model) {
    try (Scope scope = Kernels.get().inference()) {
      for (NDArray array : model.trainable().values()) {
        float[] values = array.toFloatArray();
        for (int i = 0; i < values.length; i++) {
          values[i] += 0.05f * (i % 7 - 3);
        }
        scope.call("assign", array, scope.floats(values, array.getShape().getShape()));
      }
    }
  }

  private static float[] logits(AdaptedModel model) {
    try (Scope scope = Kernels.get().inference()) {
      Pass pass = Pass.still(scope, model.weights());
      return model.network().outputs(pass, TWO_TEXTS, Tap.NONE).get("logits").toFloatArray();
    }
  }
}
