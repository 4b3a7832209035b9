package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.InputFile;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenImageAdaptersTest {
  @ParameterizedTest
  @ValueSource(strings = {"vit/lora_default", "vit/lora_transformers4_names", "clip/lora_default"})
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

  @Test
  void whatIsWrittenHasTheNamesOfPeftWhicheverNamesWereRead(@TempDir Path out) throws Exception {
    for (String name : List.of("lora_default", "lora_transformers4_names")) {
      Path read = Golden.folder("adapters/vit/" + name);
      try (var base = BaseModel.load(Golden.folder("models/vit"), "float32");
          var model = AdapterFolder.load(base, read)) {
        AdapterFolder.write(model, out.resolve(name), "card");
        assertThat(Proof.ofAdapter(model, out.resolve(name), model.network().probe())).isZero();
      }
      JsonNode config = Json.read(out.resolve(name).resolve("adapter_config.json"));
      assertThat(config.path("target_modules"))
          .extracting(JsonNode::asText)
          .containsExactlyInAnyOrder("q_proj", "v_proj");
      assertThat(config.path("task_type").isNull()).isTrue();
    }
    String weights = "adapter_model.safetensors";
    assertThat(AdapterFolder.tensors(out.resolve("lora_transformers4_names").resolve(weights)))
        .containsOnlyKeys(
            AdapterFolder.tensors(Golden.folder("adapters/vit/lora_default").resolve(weights))
                .keySet());
    assertThat(out.resolve("lora_default").resolve(weights))
        .hasSameBinaryContentAs(out.resolve("lora_transformers4_names").resolve(weights));
    assertThat(Files.exists(out.resolve("lora_default/README.md"))).isTrue();
  }

  private static double checkLogits(SafetensorsFile file, AdaptedModel model, JsonNode expected) {
    JsonNode tolerance = expected.path("tolerance");
    try (Scope scope = Kernels.get().inference()) {
      Inputs in = InputFile.read(file, model.network());
      Pass pass = Pass.still(scope, model.weights());
      var outputs = model.network().outputs(pass, in, Tap.NONE);
      float[] logits = outputs.firstEntry().getValue().toFloatArray();
      double worst = Compare.maxDifference(file.floats("logits").data(), logits);
      assertThat(worst).isLessThanOrEqualTo(tolerance.path("logits_atol").asDouble());
      var loss = model.network().loss(pass, in, labels(file));
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
      Inputs in = InputFile.read(file, model.network());
      var loss = model.network().loss(pass, in, labels(file));
      Autograd.backward(scope, scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets())));
      List<String> keys = names(file, "grad.");
      assertThat(keys).hasSize(model.trainable().size());
      for (String key : keys) {
        Values wanted = file.floats(key);
        String name = model.network().onDisk(key.substring("grad.".length()));
        float[] gradient = gradient(scope, model.trainable().get(name));
        double allowed =
            tolerance.path("grad_atol").asDouble()
                + tolerance.path("grad_rtol").asDouble() * Compare.largest(wanted.data());
        assertThat(Compare.maxDifference(wanted.data(), gradient))
            .as(key)
            .isLessThanOrEqualTo(allowed);
      }
    }
  }

  private static float[] gradient(Scope scope, NDArray array) {
    return Autograd.gradient(scope, array).toFloatArray();
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

  /** Pairs of pictures and texts have none. */
  private static long[] labels(SafetensorsFile file) {
    return file.has("labels") ? file.longs("labels") : null;
  }

  private static List<String> names(SafetensorsFile file, String prefix) {
    return file.header().tensors().stream()
        .map(tensor -> tensor.name())
        .filter(name -> name.startsWith(prefix))
        .toList();
  }
}
