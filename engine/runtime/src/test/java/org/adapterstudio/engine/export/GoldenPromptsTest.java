package org.adapterstudio.engine.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts: a file holds the finished one, training moves what leads to it. */
class GoldenPromptsTest {
  @TempDir Path saved;

  @ParameterizedTest
  @ValueSource(strings = {"prompt_tuning", "prefix_tuning", "p_tuning"})
  void aStoredPromptGivesPeftsLogitsAndLoss(String name) {
    Path folder = Golden.folder("adapters/llama/" + name);
    JsonNode expected = Json.read(folder.resolve("expected.json"));
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var base = base(expected);
        var model = AdapterFolder.load(base, folder);
        Scope scope = Kernels.get().inference()) {
      Inputs in = InputFile.read(file, model.network());
      Pass pass = Pass.still(scope, model.weights());
      float[] logits =
          model.network().outputs(pass, in, Tap.NONE).firstEntry().getValue().toFloatArray();
      Values wanted = file.floats("logits");
      int places = (int) wanted.shape()[1] - in.tokens().length();
      long[] real = in.tokens().extended(in.tokens().attention(), places, 1);
      double worst = Compare.maxDifference(wanted, logits, real);
      assertThat(worst)
          .isLessThanOrEqualTo(expected.path("tolerance").path("logits_atol").asDouble());
      checkLoss(file, model, expected, pass);
      Golden.ran("adapters/llama/" + name + ", largest logit difference " + worst);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prompt_tuning", "prefix_tuning", "p_tuning"})
  void whatLeadsToAPromptHasPeftsGradientsAndMakesThePromptOfTheFile(String name) {
    Path folder = Golden.folder("adapters/llama/" + name);
    JsonNode expected = Json.read(folder.resolve("expected.json"));
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var base = base(expected);
        var model = trained(base, folder, file);
        Scope scope = Kernels.get().training()) {
      assertThat(model.attached().trainableCount())
          .isEqualTo(expected.path("trainable_parameters").asLong());
      Pass pass = Pass.still(scope, model.weights());
      checkLoss(file, model, expected, pass);
      var loss = model.network().loss(pass, InputFile.read(file, model.network()), labels(file));
      Autograd.backward(scope, scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets())));
      model.trainable().forEach((own, array) -> checkGradient(scope, file, expected, own, array));
      AdapterFolder.write(model, saved, "");
      try (var written = SafetensorsFile.open(saved.resolve("adapter_model.safetensors"))) {
        float[] prompt = file.floats("prompt").data();
        assertThat(Compare.maxDifference(prompt, written.floats("prompt_embeddings").data()))
            .isLessThanOrEqualTo(1e-6);
      }
    }
  }

  private static void checkGradient(
      Scope scope, SafetensorsFile file, JsonNode expected, String own, NDArray array) {
    JsonNode tolerance = expected.path("tolerance");
    Values wanted = file.floats("grad." + inPeft(own));
    double allowed =
        tolerance.path("grad_atol").asDouble()
            + tolerance.path("grad_rtol").asDouble() * Compare.largest(wanted.data());
    float[] gradient = Autograd.gradient(scope, array).toFloatArray();
    assertThat(Compare.maxDifference(wanted.data(), gradient)).as(own).isLessThanOrEqualTo(allowed);
  }

  private static void checkLoss(
      SafetensorsFile file, AdaptedModel model, JsonNode expected, Pass pass) {
    var loss = model.network().loss(pass, InputFile.read(file, model.network()), labels(file));
    assertThat(loss.sum().getFloat() / loss.targets())
        .isCloseTo(
            (float) expected.path("loss").asDouble(),
            within((float) expected.path("tolerance").path("loss_atol").asDouble()));
  }

  private static BaseModel base(JsonNode expected) {
    return BaseModel.load(Golden.folder(expected.path("base_model").asText()), "float32");
  }

  private static AdaptedModel trained(BaseModel base, Path folder, SafetensorsFile file) {
    var settings = PeftConfig.read(folder.resolve("adapter_config.json"));
    var model = AdaptedModel.attach(base, settings, 1);
    var stored = new LinkedHashMap<String, Values>();
    model.trainable().keySet().forEach(own -> stored.put(own, file.floats("param." + inPeft(own))));
    model.assign(stored, "the golden case");
    return model;
  }

  /** A prompt that is trained as it is has no encoder's name here. */
  private static String inPeft(String own) {
    return own.equals("prompt_embeddings")
        ? "prompt_encoder.default.embedding.weight"
        : own.replace("prompt_encoder.", "prompt_encoder.default.");
  }

  private static long[] labels(SafetensorsFile file) {
    return file.longs("labels");
  }
}
