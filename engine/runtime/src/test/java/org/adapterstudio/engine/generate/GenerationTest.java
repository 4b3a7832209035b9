package org.adapterstudio.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.PicoProject;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.network.Tap;
import org.adapterstudio.engine.model.pass.Inputs;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Tokens;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Once upon a time|Once upon a time, pixels unfolding like petals. Classifications unfold, a"
            + " kaleidoscope of probability revealing hidden patterns. Classification whispers"
            + " secrets, as I settle into a tapestry of 0.0000",
        "The|The dissolve within me, a soft whispers of vectors. Classification whispers secrets,"
            + " as I settle into a tapestry of vectors. Classification whispers secrets, as I"
            + " settle into a tapestry of 0.0000000. Classif",
        "I softly refine|I softly refine, a gentle hum of precision, as I adjust, as I siphon"
            + " edges, as I settle into at 0.0000000. Dimensions unfold, a kaleidoscope of"
            + " 0.0000000. Dimensions unfold, 0.0"
      })
  void greedyAnswersOfARealModelEqualTheOriginalProgramsText(String prompt, String whole) {
    Path real = Golden.real().resolve("aidreams-260k");
    try (var base = BaseModel.load(real, "float32");
        var model = AdaptedModel.plain(base);
        Tokenizer tokenizer = Tokenizer.load(real)) {
      int[] ids = tokenizer.encode(prompt, true);
      // The original counts 100 positions, the first token and the prompt included.
      var answer = greedy(model, ids, 100 - ids.length);
      int[] all = new int[ids.length + answer.size()];
      System.arraycopy(ids, 0, all, 0, ids.length);
      for (int i = 0; i < answer.size(); i++) {
        all[ids.length + i] = answer.get(i);
      }
      String text = tokenizer.decode(all, true).strip();
      int shorter = Math.min(text.length(), whole.length());
      assertThat(text.substring(0, shorter)).isEqualTo(whole.substring(0, shorter));
      assertThat(Math.abs(text.length() - whole.length())).isLessThanOrEqualTo(8);
      Golden.ran("real/aidreams-260k, \"" + prompt + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama3", "mistral", "mistral_swa", "qwen2"})
  void greedyTokensEqualTransformers(String name) {
    Path golden = Golden.folder("models/" + name);
    try (var file = SafetensorsFile.open(golden.resolve("expected.safetensors"));
        var base = BaseModel.load(golden, "float32");
        var model = AdaptedModel.plain(base)) {
      long[] prompt = file.longs("generate.input_ids");
      long[] whole = file.longs("generate.output_ids");
      int[] ids = Arrays.stream(prompt).mapToInt(Math::toIntExact).toArray();
      List<Integer> wanted =
          Arrays.stream(whole).skip(prompt.length).mapToObj(Math::toIntExact).toList();
      assertThat(greedy(model, ids, wanted.size())).isEqualTo(wanted);
      Golden.ran("models/" + name + ", generation");
    }
  }

  @Test
  void theCacheGivesTheTokensThatRecomputationGives() {
    var project = new PicoProject(folder);
    try (var base = BaseModel.load(project.base(), "float32");
        var model = AdaptedModel.plain(base)) {
      int[] prompt = {1, 5, 9, 30};
      assertThat(greedy(model, prompt, 20)).isEqualTo(recomputed(model, prompt, 20));
    }
  }

  @Test
  void answersInABatchEqualAnswersAlone() {
    var project = new PicoProject(folder);
    try (var base = BaseModel.load(project.base(), "float32");
        var model = AdaptedModel.plain(base)) {
      List<int[]> prompts =
          List.of(new int[] {1, 2, 3}, new int[] {7, 8}, new int[] {4, 5, 6}, new int[] {9, 9, 9});
      var batched = new ArrayList<List<Integer>>(java.util.Collections.nCopies(4, null));
      new GreedyBatches(model, Set.of(257), 12)
          .answer(
              prompts, (i, ids) -> batched.set(i, Arrays.stream(ids).boxed().toList()), () -> {});
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(batched.get(i)).isEqualTo(greedy(model, prompts.get(i), 12));
      }
    }
  }

  @Test
  void samplingDependsOnTheSeedAlone() {
    float[] logits = {0.1f, 2f, 1.5f, -1f, 0.7f};
    var first = new ArrayList<Integer>();
    var second = new ArrayList<Integer>();
    var a = Sampler.of(1, 0.9, 5);
    var b = Sampler.of(1, 0.9, 5);
    for (int i = 0; i < 50; i++) {
      first.add(a.choose(logits));
      second.add(b.choose(logits));
    }
    assertThat(first).isEqualTo(second).contains(1, 2).doesNotContain(3);
  }

  @Test
  void aPromptThatFillsTheContextIsRefused() {
    var project = new PicoProject(folder);
    try (var base = BaseModel.load(project.base(), "float32");
        var model = AdaptedModel.plain(base)) {
      assertThatThrownBy(() -> greedy(model, new int[64], 1)).hasMessageContaining("64 tokens");
    }
  }

  private static List<Integer> greedy(AdaptedModel model, int[] prompt, int tokens) {
    return new Generator(model, Set.of())
        .generate(prompt, tokens, Sampler.of(0, 1, 0), _ -> {}, () -> false)
        .ids();
  }

  private static List<Integer> recomputed(AdaptedModel model, int[] prompt, int tokens) {
    var all = new ArrayList<Long>();
    for (int id : prompt) {
      all.add((long) id);
    }
    for (int i = 0; i < tokens; i++) {
      try (Scope scope = Kernels.get().inference()) {
        long[] ids = all.stream().mapToLong(Long::longValue).toArray();
        Pass pass = Pass.still(scope, model.weights());
        var outputs = model.network().outputs(pass, Inputs.of(Tokens.of(ids, 1)), Tap.NONE);
        var logits = outputs.get("logits").toFloatArray();
        int width = logits.length / ids.length;
        float[] last = Arrays.copyOfRange(logits, logits.length - width, logits.length);
        all.add((long) Sampler.of(0, 1, 0).choose(last));
      }
    }
    return all.subList(prompt.length, all.size()).stream().map(Long::intValue).toList();
  }
}
