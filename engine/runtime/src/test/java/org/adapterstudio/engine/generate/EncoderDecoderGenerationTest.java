package org.adapterstudio.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.network.EncoderDecoder;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderDecoderGenerationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t5",
        "t5_v1_1",
        "whisper",
        "whisper_forced",
        "whisper_suppressed",
        "whisper_languages",
        "whisper_french"
      })
  void greedyTokensEqualTransformers(String name) throws IOException {
    JsonNode expected = Json.read(Golden.selfMade("generations/expected.json"));
    JsonNode test = expected.path("cases").path(name);
    Path model = withRules(name.equals("t5_v1_1") ? name : name.split("_")[0], test.path("rules"));
    try (var base = BaseModel.load(model, "float32");
        var adapted = AdaptedModel.plain(base)) {
      List<Inputs> prompts = prompts(model);
      assertThat(prompts).hasSize(2);
      for (int i = 0; i < prompts.size(); i++) {
        var wanted = new ArrayList<Integer>();
        test.path("answers").path(i).forEach(token -> wanted.add(token.asInt()));
        assertThat(answer(adapted, prompts.get(i), wanted.size(), 0)).isEqualTo(wanted);
      }
      assertThat(together(adapted, prompts, test.path("answers").path(0).size()))
          .isEqualTo(Json.as(test.path("answers"), List.class));
    }
    Golden.ran("selfmade/generations, " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t5", "t5_v1_1", "whisper"})
  void theCacheGivesTheTokensThatRecomputationGives(String name) throws IOException {
    Path model = withRules(name, Json.object());
    try (var base = BaseModel.load(model, "float32");
        var adapted = AdaptedModel.plain(base)) {
      for (Inputs prompt : prompts(model)) {
        assertThat(answer(adapted, prompt, 24, 0)).isEqualTo(recomputed(adapted, prompt, 24, 0));
        assertThat(answer(adapted, prompt, 24, 1)).isEqualTo(recomputed(adapted, prompt, 24, 1));
      }
    }
  }

  @Test
  void anAnswerEndsWhereTheDecoderHasNoMorePositions() throws IOException {
    Path model = withRules("whisper", Json.object());
    try (var base = BaseModel.load(model, "float32");
        var adapted = AdaptedModel.plain(base)) {
      var generator = new Generator(adapted, Set.of());
      Inputs sound = prompts(model).getFirst();
      var answer = generator.generate(sound, 99, Sampler.of(0, 1, 0), _ -> {}, () -> false);
      assertThat(answer.ids()).hasSize(31);
      assertThat(answer.reason()).isEqualTo("context_full");
    }
  }

  @Test
  void textGivenToAModelThatHearsIsRefused() throws IOException {
    Path model = withRules("whisper", Json.object());
    try (var base = BaseModel.load(model, "float32");
        var adapted = AdaptedModel.plain(base)) {
      var text = Inputs.of(Tokens.of(new long[] {1, 2}, 1));
      assertThatThrownBy(() -> answer(adapted, text, 5, 0)).hasMessageContaining("input_features");
    }
  }

  @Test
  void noArrayIsLeftBehind() throws IOException {
    Path model = withRules("t5", Json.object());
    try (var base = BaseModel.load(model, "float32");
        var adapted = AdaptedModel.plain(base)) {
      Inputs prompt = prompts(model).getFirst();
      answer(adapted, prompt, 3, 0);
      long live = Kernels.get().liveArrays();
      answer(adapted, prompt, 9, 0);
      assertThat(Kernels.get().liveArrays()).isEqualTo(live);
    }
  }

  /** The golden or self-made model with other rules in its generation_config.json. */
  private Path withRules(String name, JsonNode rules) throws IOException {
    Path from =
        name.equals("t5_v1_1") ? Golden.selfMade(name) : Golden.folder("models").resolve(name);
    for (String file :
        List.of(
            "config.json", "generation_config.json", "model.safetensors", "expected.safetensors")) {
      Files.copy(from.resolve(file), folder.resolve(file));
    }
    Path config = folder.resolve("generation_config.json");
    var changed = (ObjectNode) Json.read(config);
    rules.properties().forEach(rule -> changed.set(rule.getKey(), rule.getValue()));
    Files.writeString(config, Json.pretty(changed));
    return folder;
  }

  /** The rows of the model's own case, each alone and without its padding. */
  private static List<Inputs> prompts(Path model) {
    try (var file = SafetensorsFile.open(model.resolve("expected.safetensors"))) {
      return file.has("input_features") ? sounds(file) : texts(file);
    }
  }

  private static List<Inputs> texts(SafetensorsFile file) {
    long[] mask = file.longs("attention_mask");
    long[] ids = file.longs("input_ids");
    int length = (int) file.shape("input_ids")[1];
    return IntStream.range(0, ids.length / length)
        .mapToObj(
            row -> {
              int from = row * length;
              int real = (int) LongStream.of(Arrays.copyOfRange(mask, from, from + length)).sum();
              return Inputs.of(Tokens.of(Arrays.copyOfRange(ids, from, from + real), 1));
            })
        .toList();
  }

  private static List<Inputs> sounds(SafetensorsFile file) {
    Values all = file.floats("input_features");
    int rows = (int) all.shape()[0];
    int size = all.data().length / rows;
    long[] shape = {1, all.shape()[1], all.shape()[2]};
    return IntStream.range(0, rows)
        .mapToObj(row -> Arrays.copyOfRange(all.data(), row * size, (row + 1) * size))
        .map(data -> Inputs.of(new Values(data, shape)))
        .toList();
  }

  private static List<Integer> answer(
      AdaptedModel model, Inputs prompt, int tokens, double temperature) {
    return new Generator(model, Set.of())
        .generate(prompt, tokens, Sampler.of(temperature, 0.95, 3), _ -> {}, () -> false)
        .ids();
  }

  private static List<List<Integer>> together(
      AdaptedModel model, List<Inputs> prompts, int tokens) {
    var answers = new ArrayList<List<Integer>>(Collections.nCopies(prompts.size(), null));
    new GreedyBatches(model, Set.of(), tokens)
        .answerAll(
            prompts, (i, ids) -> answers.set(i, Arrays.stream(ids).boxed().toList()), () -> {});
    return answers;
  }

  private static List<Integer> recomputed(
      AdaptedModel model, Inputs prompt, int tokens, double temperature) {
    var sampler = Sampler.of(temperature, 0.95, 3);
    var network = (EncoderDecoder) model.network();
    var all = new ArrayList<>(List.of((long) network.startToken()));
    for (int i = 0; i < tokens; i++) {
      try (Scope scope = Kernels.get().inference()) {
        long[] ids = all.stream().mapToLong(Long::longValue).toArray();
        Pass pass = Pass.still(scope, model.weights());
        var outputs = network.outputs(pass, prompt.decoding(Tokens.of(ids, 1)), Tap.NONE);
        float[] logits = outputs.get("logits").toFloatArray();
        int width = logits.length / ids.length;
        all.add(
            (long)
                sampler.choose(Arrays.copyOfRange(logits, logits.length - width, logits.length)));
      }
    }
    return all.stream().skip(1).map(Long::intValue).toList();
  }
}
