package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenAdaptersTest {
  static Stream<String> cases() {
    return Stream.of(
        "llama/lora",
        "llama/lora_all_linear",
        "llama/lora_bf16_weights",
        "llama/lora_layers_to_transform",
        "llama/lora_patterns_modules_to_save",
        "llama/lora_regex_targets",
        "llama/rslora",
        "llama3/lora_default");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logitsLossGradientsAndMergedWeightsAgreeWithPeft(String name) {
    Path folder = Golden.folder("adapters/" + name);
    JsonNode expected = Json.read(folder.resolve("expected.json"));
    Path baseFolder = Golden.folder(expected.path("base_model").asText());
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var base = BaseModel.load(baseFolder, "float32");
        var model = AdapterFolder.load(base, folder)) {
      assertThat(model.attached().trainableCount())
          .isEqualTo(expected.path("trainable_parameters").asLong());
      double logits = checkLogits(file, model, expected);
      checkGradients(file, model, expected);
      checkMerged(file, model, expected);
      Golden.ran("adapters/" + name + ", largest logit difference " + logits);
    }
  }

  private static double checkLogits(SafetensorsFile file, AdaptedModel model, JsonNode expected) {
    JsonNode tolerance = expected.path("tolerance");
    try (Scope scope = Kernels.get().inference()) {
      Tokens in = inputs(file);
      Pass pass = Pass.still(scope, model.weights());
      NDArray hidden = model.language().hidden(pass, in);
      float[] logits = model.language().logits(pass, hidden).toFloatArray();
      double worst = Compare.maxDifference(file.floats("logits"), logits, in.attention());
      assertThat(worst).isLessThanOrEqualTo(tolerance.path("logits_atol").asDouble());
      var loss = model.language().loss(pass, Inputs.of(in), file.longs("labels"));
      assertThat(loss.sum().getFloat() / loss.targets())
          .isCloseTo(
              (float) expected.path("loss").asDouble(),
              within((float) tolerance.path("loss_atol").asDouble()));
      return worst;
    }
  }

  private static void checkGradients(SafetensorsFile file, AdaptedModel model, JsonNode expected) {
    JsonNode tolerance = expected.path("tolerance");
    try (Scope scope = Kernels.get().training()) {
      Pass pass = Pass.still(scope, model.weights());
      var loss = model.language().loss(pass, Inputs.of(inputs(file)), file.longs("labels"));
      Autograd.backward(scope, scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets())));
      List<String> keys = names(file, "grad.");
      assertThat(keys).hasSize(model.trainable().size());
      for (String key : keys) {
        Values wanted = file.floats(key);
        NDArray array = model.trainable().get(key.substring("grad.".length()));
        float[] gradient = Autograd.gradient(scope, array).toFloatArray();
        double allowed =
            tolerance.path("grad_atol").asDouble()
                + tolerance.path("grad_rtol").asDouble() * Compare.largest(wanted.data());
        assertThat(Compare.maxDifference(wanted.data(), gradient))
            .as(key)
            .isLessThanOrEqualTo(allowed);
      }
    }
  }

  private static void checkMerged(SafetensorsFile file, AdaptedModel model, JsonNode expected) {
    var merged = MergedModel.weights(model);
    List<String> keys = names(file, "merged.");
    assertThat(keys).isNotEmpty();
    for (String key : keys) {
      float[] weight = merged.get(key.substring("merged.".length())).values().get();
      assertThat(Compare.maxDifference(file.floats(key).data(), weight))
          .as(key)
          .isLessThanOrEqualTo(expected.path("tolerance").path("merged_atol").asDouble());
    }
  }

  private static Tokens inputs(SafetensorsFile file) {
    long[] shape = file.shape("input_ids");
    return Tokens.of(file.longs("input_ids"), (int) shape[0]).masked(file.longs("attention_mask"));
  }

  private static List<String> names(SafetensorsFile file, String prefix) {
    return file.header().tensors().stream()
        .map(tensor -> tensor.name())
        .filter(name -> name.startsWith(prefix))
        .toList();
  }
}
