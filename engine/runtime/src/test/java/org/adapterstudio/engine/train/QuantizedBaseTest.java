package org.adapterstudio.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.InputFile;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Purpose;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.quant.Quantization;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters on a base that is kept as codes. */
class QuantizedBaseTest {
  @Test
  void forwardLossAndGradientsAreThoseOfBitsandbytesAndPeft() {
    Path folder = Golden.folder("quant/qlora_forward");
    JsonNode expected = Json.read(folder.resolve("expected.json"));
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var base = quantized(Golden.folder("models/llama"), Quantization.NF4_DOUBLE);
        var model = AdapterFolder.load(base, Golden.folder(expected.path("adapter").asText()));
        Scope scope = Kernels.get().training()) {
      Inputs in = InputFile.read(file, base.network());
      Pass pass = Pass.training(scope, model.weights(), new Draw(0, 1, 0), true);
      float[] logits = model.network().outputs(pass, in, Tap.NONE).get("logits").toFloatArray();
      double worst = Compare.maxDifference(file.floats("logits"), logits, in.tokens().attention());
      assertThat(worst)
          .isLessThanOrEqualTo(expected.path("tolerance").path("logits_atol").asDouble());
      model.trainable().values().forEach(array -> Autograd.require(array, true));
      var loss = model.network().loss(pass, in, file.longs("labels"));
      assertThat(loss.sum().getFloat() / loss.targets())
          .isCloseTo((float) expected.path("loss").asDouble(), within(1e-5f));
      pass.backward(scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets())));
      double relative = expected.path("tolerance").path("grad_rtol").asDouble();
      model
          .trainable()
          .forEach(
              (name, array) -> {
                Values wanted = file.floats("grad." + name);
                float[] gradient = Autograd.gradient(scope, array).toFloatArray();
                assertThat(Compare.maxDifference(wanted.data(), gradient))
                    .as(name)
                    .isLessThanOrEqualTo(1e-6 + relative * Compare.largest(wanted.data()));
              });
      Golden.ran("quant/qlora_forward, largest logit difference " + worst);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Quantization.class,
      names = {"NF4", "NF4_DOUBLE", "INT8"})
  void everyKindOfCodesComputesWithItsDecodedWeights(Quantization kind) {
    for (String name : List.of("llama", "gpt2", "t5", "whisper")) {
      Path folder = Golden.folder("models/" + name);
      try (var base = quantized(folder, kind);
          var stored = BaseModel.load(folder, "float32")) {
        float[] coded = logits(base, folder);
        float[] exact = logits(stored, folder);
        double relative = Compare.maxDifference(exact, coded) / Compare.largest(exact);
        assertThat(relative)
            .as(name + " " + kind)
            .isBetween(1e-5, kind == Quantization.INT8 ? 0.1 : 0.9);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "t5", "whisper"})
  void aBaseThatStaysWhereItIsStoredComputesTheSame(String name) {
    Path folder = Golden.folder("models/" + name);
    var offload = new Storage("float32", Quantization.NONE, true);
    try (var far = BaseModel.load(folder, offload, Purpose.AS_STORED);
        var near = BaseModel.load(folder, "float32")) {
      assertThat(logits(far, folder)).containsExactly(logits(near, folder));
    }
  }

  @Test
  void codesAreWhatIsHeldAndDecodedWeightsAreGivenBack() {
    try (var base = quantized(Golden.folder("models/llama"), Quantization.NF4)) {
      long before = Kernels.get().liveArrays();
      logits(base, Golden.folder("models/llama"));
      assertThat(Kernels.get().liveArrays()).isEqualTo(before);
      assertThatThrownBy(() -> base.parameter("model.layers.0.self_attn.q_proj.weight"))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void trainingTheBaseItselfIsRefused() {
    try (var base = quantized(Golden.folder("models/llama"), Quantization.INT8)) {
      assertThatThrownBy(() -> AdaptedModel.attach(base, Recipe.Adapter.of("full"), 0))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("int8");
    }
  }

  private static BaseModel quantized(Path folder, Quantization kind) {
    return BaseModel.load(folder, new Storage("float32", kind, false), Purpose.AS_STORED);
  }

  private static float[] logits(BaseModel base, Path folder) {
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var model = AdaptedModel.plain(base);
        Scope scope = Kernels.get().inference()) {
      Inputs in = InputFile.read(file, base.network());
      Pass pass = Pass.still(scope, model.weights());
      return model.network().outputs(pass, in, Tap.NONE).get("logits").toFloatArray();
    }
  }
}
