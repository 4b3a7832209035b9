package org.adapterstudio.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.Trainings;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.InputFile;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenTrainingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lora_adamw",
        "lora_clip_warmup_cosine",
        "lora_patterns_bias",
        "dora",
        "ia3",
        "loha",
        "oft",
        "rslora",
        "pissa",
        "full",
        "gpt2_lora",
        "bert_lora_classifier"
      })
  void twentyStepsFollowTheReferenceTrajectory(String name) {
    Path folder = Golden.folder("training/" + name);
    JsonNode expected = Json.read(folder.resolve("losses.json"));
    JsonNode tolerance = expected.path("tolerance");
    boolean full = !Files.exists(folder.resolve("initial_adapter"));
    Path baseFolder = Golden.folder(expected.path("base_model").asText());
    try (var base = BaseModel.load(baseFolder, "float32");
        var model = start(base, folder, full);
        var trainer = new Trainer(model, settings(expected.path("optimizer")), 20)) {
      Rows rows = rows(folder.resolve("batch.safetensors"), model);
      for (int step = 1; step <= 20; step++) {
        Trainer.Outcome outcome = trainer.step(step, List.of(rows));
        assertThat(outcome.loss())
            .as("loss before update " + step)
            .isCloseTo(
                expected.path("losses").get(step - 1).asDouble(),
                within(tolerance.path("loss_atol").asDouble()));
        assertThat(outcome.learningRate())
            .isCloseTo(expected.path("lr_per_step").get(step - 1).asDouble(), within(1e-12));
        assertThat(outcome.gradNorm())
            .isCloseTo(
                expected.path("grad_norm_per_step_before_clipping").get(step - 1).asDouble(),
                within(1e-4));
      }
      double worst = finalDifference(model, folder, full);
      assertThat(worst).isLessThanOrEqualTo(tolerance.path("tensor_atol").asDouble());
      Golden.ran("training/" + name + ", largest final tensor difference " + worst);
    }
  }

  @Test
  void accumulatedMicroBatchesEqualTheFullBatch() {
    Path folder = Golden.folder("training/grad_accumulation");
    JsonNode expected = Json.read(folder.resolve("expected.json"));
    try (var file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        var base = BaseModel.load(Golden.folder("models/llama"), "float32");
        var model = AdapterFolder.load(base, folder.resolve("adapter"));
        var trainer = new Trainer(model, frozenRate(), 20);
        Scope scope = Kernels.get().inference()) {
      Rows all = rows(folder.resolve("batch.safetensors"), model);
      Trainer.Outcome outcome = trainer.step(1, List.of(part(all, 0, 2), part(all, 2, 4)));
      assertThat(outcome.loss())
          .isCloseTo(expected.path("losses").path("token_normalised").asDouble(), within(1e-5));
      model
          .trainable()
          .forEach(
              (key, array) ->
                  assertThat(
                          Compare.maxDifference(
                              file.floats("grad_token_normalised." + key).data(),
                              Autograd.gradient(scope, array).toFloatArray()))
                      .as(key)
                      .isLessThanOrEqualTo(1e-6));
      Golden.ran("training/grad_accumulation");
    }
  }

  private static AdaptedModel start(BaseModel base, Path folder, boolean full) {
    return full
        ? AdaptedModel.attach(base, Recipe.Adapter.of("full"), 0)
        : AdapterFolder.load(base, folder.resolve("initial_adapter"));
  }

  private static double finalDifference(AdaptedModel model, Path folder, boolean full) {
    Map<String, Values> wanted =
        AdapterFolder.tensors(
            folder.resolve(full ? "final_model.safetensors" : "final_adapter.safetensors"));
    assertThat(wanted).hasSize(model.trainable().size());
    double worst = 0;
    for (var entry : model.trainable().entrySet()) {
      String name = entry.getKey();
      Values values = wanted.get(full ? name.substring("base_model.model.".length()) : name);
      worst =
          Math.max(worst, Compare.maxDifference(values.data(), entry.getValue().toFloatArray()));
    }
    return worst;
  }

  private static Recipe.Training settings(JsonNode optimizer) {
    boolean cosine = optimizer.has("schedule");
    return Trainings.with(
        "learning_rate",
        optimizer.path("lr").asDouble(),
        "lr_scheduler_type",
        cosine ? "cosine" : "constant",
        "warmup_steps",
        cosine ? 5 : 0,
        "warmup_ratio",
        0.0,
        "weight_decay",
        optimizer.path("weight_decay").asDouble(),
        "max_grad_norm",
        optimizer.path("clip_grad_norm").asDouble(0));
  }

  private static Recipe.Training frozenRate() {
    return Trainings.constant(0);
  }

  private static Rows rows(Path file, AdaptedModel model) {
    try (var batch = SafetensorsFile.open(file)) {
      Inputs in = InputFile.read(batch, model.network());
      return new Rows(in, batch.longs("labels"), new int[] {1, 2, 3, 4});
    }
  }

  private static Rows part(Rows all, int from, int to) {
    Tokens tokens = all.inputs().tokens();
    int length = tokens.length();
    var in =
        Tokens.of(Arrays.copyOfRange(tokens.ids(), from * length, to * length), to - from)
            .masked(Arrays.copyOfRange(tokens.attention(), from * length, to * length));
    long[] labels = Arrays.copyOfRange(all.labels(), from * length, to * length);
    return new Rows(Inputs.of(in), labels, new int[] {from + 1, to});
  }
}
