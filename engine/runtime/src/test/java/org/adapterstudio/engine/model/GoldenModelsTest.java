package org.adapterstudio.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Weights;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenModelsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama",
        "llama3",
        "mistral",
        "mistral_swa",
        "qwen2",
        "qwen3",
        "gemma",
        "gemma2",
        "phi3",
        "gpt2",
        "bert",
        "roberta",
        "t5",
        "whisper",
        "vit",
        "clip"
      })
  void agreesWithTransformers(String name) {
    agrees(Golden.folder("models/" + name), "models/" + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemma3_text",
        "gemma3_text_v4",
        "gpt_neox",
        "gpt_neox_sequential",
        "opt",
        "opt_350m",
        "olmo2",
        "llama_rope_linear",
        "llama_rope_linear_v4",
        "llama_rope_dynamic",
        "llama_rope_dynamic_v4",
        "llama_rope_yarn",
        "llama_rope_yarn_v4",
        "phi3_longrope",
        "phi3_longrope_v4",
        "llama_mixed",
        "distilbert",
        "distilbert_masked_lm",
        "deberta_v2",
        "deberta_v2_unshared",
        "deberta_v2_masked_lm",
        "deberta_v2_masked_lm_new_head",
        "bert_masked_lm",
        "roberta_masked_lm",
        "t5_v1_1",
        "vit_oblong",
        "vit_headless",
        "clip_former_end",
        "clip_classifier",
        "studio_unet"
      })
  void agreesWithTransformersOnSelfMadeCases(String name) {
    agrees(Golden.selfMade(name), "selfmade/" + name);
  }

  @Test
  void aSpoiledLogitIsNoticed() {
    Path folder = Golden.folder("models/llama");
    assertThat(run(folder, 1e-3f).differences().get("logits")).isGreaterThan(1e-4);
  }

  /** Differences by tensor, the loss, and the norm of every parameter's gradient. */
  private record Outcome(
      SequencedMap<String, Double> differences, double loss, Map<String, Double> gradientNorms) {}

  private static void agrees(Path folder, String name) {
    JsonNode expected = Json.read(folder.resolve("expected.json"));
    JsonNode tolerance = expected.path("tolerance");
    Outcome outcome = run(folder, 0f);
    assertThat(outcome.differences()).hasSizeGreaterThan(1);
    outcome
        .differences()
        .forEach(
            (tensor, difference) ->
                assertThat(difference)
                    .as(name + " " + tensor)
                    .isLessThanOrEqualTo(tolerance.path("hidden_atol").asDouble()));
    if (expected.has("loss")) {
      assertThat(outcome.loss())
          .isCloseTo(
              expected.path("loss").asDouble(), within(tolerance.path("loss_atol").asDouble()));
    }
    double relative = tolerance.path("grad_norm_rtol").asDouble();
    double absolute = tolerance.path("grad_norm_atol").asDouble();
    expected
        .path("grad_norms")
        .properties()
        .forEach(
            entry -> {
              double wanted = entry.getValue().asDouble();
              assertThat(outcome.gradientNorms().get(entry.getKey()))
                  .as(name + " gradient of " + entry.getKey())
                  .isCloseTo(wanted, within(absolute + relative * wanted));
            });
    double worst = outcome.differences().values().stream().max(Double::compare).orElseThrow();
    Golden.ran(name + ", largest difference " + worst);
  }

  private static Outcome run(Path folder, float spoil) {
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var base = BaseModel.load(folder, "float32");
        Scope scope = Kernels.get().training()) {
      Inputs in = InputFile.read(file, base.network());
      var trained = new LinkedHashMap<String, NDArray>();
      for (String name : base.names()) {
        NDArray copy = scope.call("copy", base.parameter(name));
        Autograd.require(copy, true);
        trained.put(name, copy);
      }
      var pass = Pass.still(scope, new Weights(base, trained, Map.of()));
      var states = states(base, pass, in);
      JsonNode expected = Json.read(folder.resolve("expected.json"));
      boolean attended = expected.path("compare").asText().contains("attention_mask == 1");
      var differences = new LinkedHashMap<String, Double>();
      states.forEach(
          (name, state) -> {
            String stored = name.equals("logits_per_image") ? "logits" : name;
            if (file.has(stored)) {
              Values wanted = file.floats(stored);
              wanted.data()[0] += stored.equals("logits") ? spoil : 0f;
              boolean text = attended || name.startsWith("hidden_states.text");
              boolean masked = text && !name.startsWith("hidden_states.vision");
              long[] mask = masked ? in.tokens().attention() : null;
              differences.put(stored, difference(wanted, state.toFloatArray(), mask));
            }
          });
      if (!expected.has("loss")) {
        return new Outcome(differences, Double.NaN, Map.of());
      }
      var loss = base.network().loss(pass, in, labels(file, in));
      double mean = loss.sum().getFloat() / loss.targets();
      Autograd.backward(scope, scope.call("scale", loss.sum(), scope.scalar(1.0 / loss.targets())));
      var norms = new LinkedHashMap<String, Double>();
      trained.forEach((name, array) -> norms.put(name, norm(scope, array)));
      return new Outcome(differences, mean, norms);
    }
  }

  /** Outputs and hidden states under the names of the file. */
  private static SequencedMap<String, NDArray> states(BaseModel base, Pass pass, Inputs in) {
    var states = new LinkedHashMap<String, NDArray>();
    var counts = new LinkedHashMap<String, Integer>();
    Tap tap =
        (stack, state) ->
            states.put(stack + "." + (counts.merge(stack, 1, Integer::sum) - 1), state);
    states.putAll(base.network().outputs(pass, in, tap));
    return states;
  }

  private static double difference(Values wanted, float[] actual, long[] mask) {
    boolean byToken = mask != null && wanted.shape().length == 3;
    return !byToken
        ? Compare.maxDifference(wanted.data(), actual)
        : Compare.maxDifference(wanted, actual, mask);
  }

  /** Twin towers have no labels: each row's partner is its own. */
  private static long[] labels(SafetensorsFile file, Inputs in) {
    return file.has("labels") ? file.longs("labels") : new long[in.rows()];
  }

  private static double norm(Scope scope, NDArray array) {
    double sum = 0;
    for (float value : Autograd.gradient(scope, array).toFloatArray()) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
