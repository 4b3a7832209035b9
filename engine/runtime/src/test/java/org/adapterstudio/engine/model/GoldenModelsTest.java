package org.adapterstudio.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenModelsTest {
  /** Inputs of one case and what this engine makes of them. */
  private record Outcome(double logits, double hidden, double loss, double expectedLoss) {}

  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama3", "mistral", "mistral_swa", "qwen2"})
  void logitsLossAndHiddenStatesAgreeWithTransformers(String name) {
    Path folder = Golden.folder("models/" + name);
    var tolerance = Json.read(folder.resolve("expected.json")).path("tolerance");
    Outcome outcome = run(folder, 0f);
    assertThat(outcome.logits()).isLessThanOrEqualTo(tolerance.path("logits_atol").asDouble());
    assertThat(outcome.hidden()).isLessThanOrEqualTo(tolerance.path("hidden_atol").asDouble());
    assertThat(outcome.loss())
        .isCloseTo(outcome.expectedLoss(), within(tolerance.path("loss_atol").asDouble()));
    Golden.ran("models/" + name + ", largest logit difference " + outcome.logits());
  }

  @Test
  void aSpoiledLogitIsNoticed() {
    Outcome outcome = run(Golden.folder("models/llama"), 1e-3f);
    assertThat(outcome.logits()).isGreaterThan(1e-4);
  }

  private static Outcome run(Path folder, float spoil) {
    var expected = Json.read(folder.resolve("expected.json"));
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var base = BaseModel.load(folder, "float32");
        Scope scope = Kernels.get().inference()) {
      long[] shape = file.shape("input_ids");
      long[] mask = file.longs("attention_mask");
      var in =
          new Inputs(file.longs("input_ids"), (int) shape[0], (int) shape[1], mask, null, null);
      var decoder = new Decoder(base.config(), "float32");
      var pass = Pass.still(scope, Weights.of(base));
      var states = new ArrayList<NDArray>();
      NDArray hidden = decoder.hidden(pass, in, null, states::add);
      float[] logits = decoder.logits(pass, hidden).toFloatArray();
      Values wanted = file.floats("logits");
      wanted.data()[0] += spoil;
      double hiddenDifference = 0;
      for (int i = 0; i < states.size(); i++) {
        Values state = file.floats("hidden_states." + i);
        double difference = Compare.maxDifference(state, states.get(i).toFloatArray(), mask);
        hiddenDifference = Math.max(hiddenDifference, difference);
      }
      Decoder.Loss loss = decoder.loss(pass, in, file.longs("labels"));
      return new Outcome(
          Compare.maxDifference(wanted, logits, mask),
          hiddenDifference,
          loss.sum().getFloat() / loss.tokens(),
          expected.path("loss").asDouble());
    }
  }
}
