package org.adapterstudio.engine.export.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.tensors.WeightsFile;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.export.AdapterFolder;
import org.adapterstudio.engine.export.Proof;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.tensor.SafetensorsWriter;
import org.adapterstudio.engine.tensor.Values;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingleFileTest {
  @TempDir Path folder;
  private BaseModel base;

  @AfterEach
  void closeBase() {
    if (base != null) {
      base.close();
    }
  }

  private AdaptedModel golden(String name) {
    Path adapter = Golden.folder("adapters/" + name);
    String of = Json.read(adapter.resolve("expected.json")).path("base_model").asText();
    base = BaseModel.load(Golden.folder(of), "float32");
    return AdapterFolder.load(base, adapter);
  }

  @ParameterizedTest
  @CsvSource({
    "llama/lora_all_linear, kohya",
    "llama/lora_all_linear, lycoris",
    "llama/lora_all_linear, onetrainer",
    "llama/lora_all_linear, diffusers",
    "llama/rslora, kohya",
    "llama/rslora, diffusers",
    "llama/dora, kohya",
    "llama/dora, diffusers",
    "llama/loha, lycoris",
    "llama/lokr, lycoris",
    "llama/lokr_factor, lycoris",
    "llama/lokr_decompose_both, lycoris",
    "gpt2/lora, kohya",
    "vit/lora_default, onetrainer",
    "t5/lora_default, diffusers"
  })
  void whatIsWrittenReadsBackAsTheSame(String adapter, String dialect) {
    try (var model = golden(adapter)) {
      Path file = folder.resolve("one.safetensors");
      SingleFileWriter.write(model, dialect, file);
      try (var back = SingleFile.load(base, file)) {
        assertThat(back.attached().trainable().keySet())
            .containsExactlyInAnyOrderElementsOf(model.attached().trainable().keySet());
        assertThat(Proof.between(model, back, model.network().probe())).isLessThan(2e-6);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kohya", "lycoris", "onetrainer", "diffusers"})
  void tensorsThatAreWrittenAndReadTwiceAreBitEqual(String dialect) {
    try (var model = golden("llama/lora_all_linear")) {
      Path first = folder.resolve("first.safetensors");
      Path second = folder.resolve("second.safetensors");
      SingleFileWriter.write(model, dialect, first);
      try (var back = SingleFile.load(base, first)) {
        SingleFileWriter.write(back, dialect, second);
      }
      var once = AdapterFolder.tensors(first);
      var twice = AdapterFolder.tensors(second);
      assertThat(twice.keySet()).containsExactlyInAnyOrderElementsOf(once.keySet());
      once.forEach(
          (name, values) ->
              assertThat(twice.get(name).data()).as(name).containsExactly(values.data()));
    }
  }

  @Test
  void kohyasKeysAndWordsAreThoseThatItsOwnScriptsWrite() {
    try (var model = golden("llama/lora_regex_targets")) {
      Path file = folder.resolve("kohya.safetensors");
      SingleFileWriter.write(model, "kohya", file);
      assertThat(AdapterFolder.tensors(file).keySet())
          .allMatch(
              key ->
                  key.matches("lora_te_model_layers_\\d_\\w+\\.(lora_(down|up)\\.weight|alpha)"));
      assertThat(WeightsFile.header(file).metadata())
          .containsEntry("ss_network_module", "networks.lora")
          .containsEntry("ss_network_dim", Integer.toString(model.settings().rank()));
    }
  }

  /** LyCORIS's own loader takes the scale 1 there: the factor must hold it. */
  @Test
  void wholeFactorsOfALokrHoldTheScaleThemselves() {
    base = BaseModel.load(Golden.folder("models/llama"), "float32");
    var settings =
        new Recipe.Adapter("lokr", 16, 48.0, 0.0, null, null, null, null, null, null, null, null);
    try (var model = AdaptedModel.attach(base, settings, 3)) {
      model.assign(drawn(model), "drawn");
      Path file = folder.resolve("whole.safetensors");
      SingleFileWriter.write(model, "lycoris", file);
      assertThat(AdapterFolder.tensors(file).keySet())
          .allMatch(key -> key.matches(".*\\.(lokr_w1|lokr_w2|alpha)"));
      try (var back = SingleFile.load(base, file)) {
        assertThat(Proof.between(model, back, base.network().probe())).isLessThan(2e-6);
        var plain = back.attached().layers().values().iterator().next();
        assertThat(plain.scale().getAsDouble()).isEqualTo(1);
      }
    }
  }

  private static Map<String, Values> drawn(AdaptedModel model) {
    var random = new Random(5);
    var numbers = new LinkedHashMap<String, Values>();
    model
        .trainable()
        .forEach(
            (name, array) -> {
              float[] values = new float[(int) array.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.1 * random.nextGaussian());
              }
              numbers.put(name, new Values(values, array.getShape().getShape()));
            });
    return numbers;
  }

  @Test
  void aMissingAlphaMeansTheRank() {
    try (var model = golden("llama/lora_all_linear")) {
      Path file = folder.resolve("kohya.safetensors");
      SingleFileWriter.write(model, "kohya", file);
      var tensors = new LinkedHashMap<>(AdapterFolder.tensors(file));
      tensors.keySet().removeIf(key -> key.endsWith(".alpha"));
      try (var back = SingleFile.load(base, rewritten(tensors))) {
        assertThat(back.settings().alpha()).isEqualTo(4.0);
      }
    }
  }

  @Test
  void twoRenamedKeysAreCountedAndNamed() {
    try (var model = golden("llama/lora_all_linear")) {
      Path file = folder.resolve("kohya.safetensors");
      SingleFileWriter.write(model, "kohya", file);
      var tensors = new LinkedHashMap<String, Values>();
      AdapterFolder.tensors(file)
          .forEach(
              (key, values) ->
                  tensors.put(
                      key.contains("layers_1_mlp_up_proj.lora")
                          ? key.replace("up_proj", "upp_proj")
                          : key,
                      values));
      Path renamed = rewritten(tensors);
      assertThatThrownBy(() -> SingleFile.load(base, renamed))
          .isInstanceOf(StudioException.class)
          .hasMessageContainingAll(
              "2 of " + tensors.size() + " keys",
              "lora_te_model_layers_1_mlp_upp_proj.lora_down.weight",
              "lora_te_model_layers_1_mlp_upp_proj.lora_up.weight");
    }
  }

  @Test
  void whatAFormHasNoPlaceForIsNamedAndNothingIsWritten() {
    try (var model = golden("llama/lora_patterns_modules_to_save")) {
      Path file = folder.resolve("kohya.safetensors");
      assertThatThrownBy(() -> SingleFileWriter.write(model, "kohya", file))
          .hasMessageContainingAll("kohya", "lm_head");
      assertThat(file).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "qwen2/lora_with_lora_bias, its bias is moved too",
    "llama/lora_embedding, it is no linear layer"
  })
  void whatStandsBesideLinearLayersIsNotLostInSilence(String adapter, String why) {
    try (var model = golden(adapter)) {
      Path file = folder.resolve("kohya.safetensors");
      assertThatThrownBy(() -> SingleFileWriter.write(model, "kohya", file))
          .hasMessageContaining(why);
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void anUnknownFormNamesTheKnownOnes() {
    assertThatThrownBy(() -> Dialect.of("webui"))
        .hasMessageContainingAll("webui")
        .extracting(e -> ((StudioException) e).failure().action())
        .asString()
        .contains("kohya", "lycoris", "onetrainer", "diffusers");
  }

  private Path rewritten(Map<String, Values> tensors) {
    var entries = new LinkedHashMap<String, SafetensorsWriter.Entry>();
    tensors.forEach((name, values) -> entries.put(name, SafetensorsWriter.float32(values)));
    Path file = folder.resolve("rewritten.safetensors");
    SafetensorsWriter.write(file, entries, Map.of());
    return file;
  }
}
