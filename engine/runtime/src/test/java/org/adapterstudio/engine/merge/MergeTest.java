package org.adapterstudio.engine.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.export.MergedModel;
import org.adapterstudio.engine.export.Proof;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.tensor.SafetensorsFile;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergeTest {
  @TempDir Path folder;

  @Test
  @DisplayName("Merging ranks 8 and 16 by concat equals the dense sum to 1e-5")
  void ranksThatDiffer() {
    try (var base = BaseModel.load(Golden.folder("models/llama"), "float32")) {
      Path small = drawn(base, "small", 8, Json.tree(List.of("q_proj", "v_proj", "o_proj")));
      Path large = drawn(base, "large", 16, Json.tree(List.of("q_proj", "v_proj", "down_proj")));
      Path out = folder.resolve("sum");
      Merge.write(List.of(Part.of(small, 1), Part.of(large, 0.5)), out);
      Map<String, float[]> one = changes(base, small);
      Map<String, float[]> other = changes(base, large);
      Map<String, float[]> sum = changes(base, out);
      assertThat(sum).hasSizeGreaterThan(4);
      sum.forEach(
          (name, change) -> {
            float[] wanted = new float[change.length];
            for (int i = 0; i < wanted.length; i++) {
              wanted[i] = at(one, name, i) + 0.5f * at(other, name, i);
            }
            assertThat(Compare.maxDifference(wanted, change)).as(name).isLessThan(1e-5);
          });
      var config = Json.read(out.resolve("adapter_config.json"));
      assertThat(ranks(config)).contains(8, 16, 24);
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("one adapter at weight 1.0 is the identity")
  @ValueSource(
      strings = {
        "llama/lora",
        "llama/rslora",
        "llama/dora",
        "qwen2/lora_bias_all",
        "llama/lora_patterns_modules_to_save",
        "llama/pissa",
        "llama/loha"
      })
  void identity(String name) {
    Path given = Golden.folder("adapters/" + name);
    Path out = folder.resolve("same");
    Merge.write(List.of(Part.of(given, 1)), out);
    try (var base = base(given);
        var before = AdapterFolder.load(base, given);
        var after = AdapterFolder.load(base, out)) {
      assertThat(Proof.between(before, after, base.network().probe())).isZero();
      assertThat(after.settings()).isEqualTo(before.settings());
      before
          .stored()
          .forEach(
              (key, kept) ->
                  assertThat(after.stored().get(key).array().toFloatArray())
                      .containsExactly(kept.array().toFloatArray()));
    }
  }

  /** The scales of each kind are folded as its own forward pass has them. */
  @ParameterizedTest
  @CsvSource({"llama/lora", "llama/rslora", "gpt2/lora", "llama/lora_embedding", "vit/lora_conv2d"})
  void halfAndHalfOfOneAdapterIsThatAdapter(String name) {
    Path given = Golden.folder("adapters/" + name);
    Path out = folder.resolve("halves");
    Merge.write(List.of(Part.of(given, 0.5), Part.of(given, 0.5)), out);
    try (var base = base(given);
        var before = AdapterFolder.load(base, given);
        var after = AdapterFolder.load(base, out)) {
      assertThat(Proof.between(before, after, base.network().probe())).isLessThan(1e-5);
      assertThat(after.settings().rank()).isEqualTo(2 * before.settings().rank());
    }
  }

  @Test
  void ranksAndScalesByLayerAreFoldedToo() {
    try (var base = BaseModel.load(Golden.folder("models/llama"), "float32")) {
      Path given = drawn(base, "patterns", 4, Json.tree(List.of("q_proj", "o_proj")), true);
      Path out = folder.resolve("out");
      Merge.write(List.of(Part.of(given, 3), Part.of(given, -2)), out);
      try (var before = AdapterFolder.load(base, given);
          var after = AdapterFolder.load(base, out)) {
        assertThat(Proof.between(before, after, base.network().probe())).isLessThan(1e-4);
      }
      assertThat(ranks(Json.read(out.resolve("adapter_config.json")))).containsOnly(8, 4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat_equal", "cat_mixed_ranks", "cat_negative", "cat_unequal"})
  void sumsAreThoseOfPeft(String name) {
    Path wanted = Golden.folder("merges/peft/" + name);
    JsonNode expected = Json.read(wanted.resolve("expected.json"));
    var parts = new ArrayList<Part>();
    for (int i = 0; i < expected.path("adapters").size(); i++) {
      Path adapter = Golden.folder("merges/peft/" + expected.path("adapters").path(i).asText());
      parts.add(Part.of(adapter, expected.path("weights").path(i).asDouble()));
    }
    Path out = folder.resolve("out");
    assertThat(Merge.write(parts, out).error()).isLessThan(1e-5);
    int rank = expected.path("resulting_rank").asInt();
    assertThat(ranks(Json.read(out.resolve("adapter_config.json")))).containsOnly(rank);
    try (var file = SafetensorsFile.open(wanted.resolve("expected.safetensors"))) {
      double worst = 0;
      int compared = 0;
      var tensors = AdapterFolder.tensors(out.resolve("adapter_model.safetensors"));
      for (var tensor : file.header().tensors()) {
        if (tensor.name().startsWith("delta.")) {
          String module = Attached.PREFIX + tensor.name().substring("delta.".length());
          Matrix product =
              Matrix.of(tensors.get(module + ".lora_B.weight"))
                  .times(Matrix.of(tensors.get(module + ".lora_A.weight")));
          Matrix delta = Matrix.of(file.floats(tensor.name()));
          worst = Math.max(worst, delta.minus(product).largest());
          compared++;
        }
      }
      assertThat(compared).isEqualTo(3);
      assertThat(worst).isLessThan(expected.path("tolerance").path("delta_atol").asDouble());
      Golden.ran("merges/peft/" + name + ", largest difference " + worst);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "llama/dora, DoRA",
    "qwen2/lora_bias_all, trains biases",
    "llama/lora_patterns_modules_to_save, has modules of its own",
    "llama/loha, LoHa",
    "qwen2/lora_with_lora_bias, no part of a plain LoRA"
  })
  void whatIsNoPlainLoraIsRefusedByNameAndNothingIsLeftBehind(String name, String why) {
    Path given = Golden.folder("adapters/" + name);
    Path out = folder.resolve("out");
    var parts = List.of(Part.of(given, 1), Part.of(given, 1));
    assertThatThrownBy(() -> Merge.write(parts, out)).hasMessageContaining(why);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void otherBasesAndOtherSizesAreRefused() throws Exception {
    Path llama = Golden.folder("adapters/llama/lora");
    Path gpt2 = Golden.folder("adapters/gpt2/lora");
    Path out = folder.resolve("out");
    var parts = List.of(Part.of(llama, 1), Part.of(gpt2, 1));
    assertThatThrownBy(() -> Merge.write(parts, out)).hasMessageContaining("different bases");
    Path larger = Files.createDirectory(folder.resolve("larger"));
    Files.copy(llama.resolve("adapter_config.json"), larger.resolve("adapter_config.json"));
    write(larger, wider(AdapterFolder.tensors(llama.resolve("adapter_model.safetensors"))));
    assertThatThrownBy(() -> Merge.write(List.of(Part.of(llama, 1), Part.of(larger, 1)), out))
        .hasMessageContaining("layers of different sizes");
    assertThat(out).doesNotExist();
  }

  @Test
  void aFolderThatIsThereIsLeftAlone() {
    Path given = Golden.folder("adapters/llama/lora");
    assertThatThrownBy(() -> Merge.write(List.of(Part.of(given, 1)), folder))
        .hasMessageContaining("is there already");
  }

  private static float at(Map<String, float[]> changes, String name, int index) {
    return changes.containsKey(name) ? changes.get(name)[index] : 0;
  }

  /** W' - W of every adapted layer. */
  private static Map<String, float[]> changes(BaseModel base, Path adapter) {
    var changes = new LinkedHashMap<String, float[]>();
    try (var model = AdapterFolder.load(base, adapter);
        var plain = AdaptedModel.plain(base)) {
      var before = MergedModel.weights(plain);
      var after = MergedModel.weights(model);
      for (String module : model.attached().layers().keySet()) {
        float[] was = before.get(module + ".weight").values().get();
        float[] is = after.get(module + ".weight").values().get();
        for (int i = 0; i < is.length; i++) {
          is[i] -= was[i];
        }
        changes.put(module, is);
      }
    }
    return changes;
  }

  private Path drawn(BaseModel base, String name, int rank, JsonNode targets) {
    return drawn(base, name, rank, targets, false);
  }

  /** An adapter of drawn numbers; with patterns the second block has others of its own. */
  private Path drawn(BaseModel base, String name, int rank, JsonNode targets, boolean patterns) {
    var settings =
        new Recipe.Adapter(
            "lora",
            rank,
            3.0 * rank,
            0.0,
            targets,
            null,
            patterns ? Map.of("layers.1.self_attn.q_proj", rank / 2) : null,
            patterns ? Map.of("layers.1.self_attn.o_proj", 5.0) : null,
            null,
            null,
            null,
            null);
    var random = new Random(rank);
    try (var model = AdaptedModel.attach(base, settings, rank)) {
      var numbers = new LinkedHashMap<String, Values>();
      model
          .trainable()
          .forEach(
              (key, array) -> {
                float[] values = new float[(int) array.size()];
                for (int i = 0; i < values.length; i++) {
                  values[i] = (float) (0.1 * random.nextGaussian());
                }
                numbers.put(key, new Values(values, array.getShape().getShape()));
              });
      model.assign(numbers, name);
      AdapterFolder.write(model, folder.resolve(name), "");
    }
    return folder.resolve(name);
  }

  private static List<Integer> ranks(JsonNode config) {
    var ranks = new ArrayList<Integer>();
    ranks.add(config.path("r").asInt());
    config.path("rank_pattern").forEach(rank -> ranks.add(rank.asInt()));
    return ranks;
  }

  private static Map<String, Values> wider(Map<String, Values> tensors) {
    var wider = new LinkedHashMap<String, Values>();
    tensors.forEach(
        (key, values) -> {
          long[] shape = values.shape().clone();
          shape[key.contains("lora_A") ? 1 : 0] *= 2;
          wider.put(key, new Values(new float[2 * values.data().length], shape));
        });
    return wider;
  }

  private static void write(Path to, Map<String, Values> tensors) {
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    tensors.forEach((name, values) -> entries.put(name, SafetensorsWriter.float32(values)));
    SafetensorsWriter.write(to.resolve("adapter_model.safetensors"), entries, Map.of());
  }

  private static BaseModel base(Path adapter) {
    String base = Json.read(adapter.resolve("expected.json")).path("base_model").asText();
    return BaseModel.load(Golden.folder(base), "float32");
  }
}
