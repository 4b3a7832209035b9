package org.adapterstudio.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.junit.jupiter.api.Test;

/** The project's folder: base, recipes and what they point to. */
class FirstAdapterProjectTest {
  private static final Path PROJECT = Path.of("first-adapter");
  private static final Path BASE = PROJECT.resolve("base");

  @Test
  void theBaseIsAtMost8Megabytes() throws IOException {
    long bytes = 0;
    try (var files = Files.list(BASE)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    assertThat(bytes).isLessThanOrEqualTo(8_000_000);
  }

  @Test
  void theBaseHasTheTensorsOfTheUntrainedModelAndOtherValues() throws IOException {
    var fresh = ByteBuffer.wrap(FreshModel.weights(vocabulary(), FreshModel.SEED));
    var trained = ByteBuffer.wrap(Files.readAllBytes(BASE.resolve("model.safetensors")));
    JsonNode wanted = header(fresh);
    JsonNode got = header(trained);
    assertThat(names(got)).isEqualTo(names(wanted));
    for (String name : names(wanted)) {
      assertThat(got.path(name).path("shape")).isEqualTo(wanted.path(name).path("shape"));
    }
    assertThat(trained.mismatch(fresh)).as("first byte that training changed").isNotNegative();
  }

  @Test
  void theBasesConfigurationIsTheGenerators() {
    JsonNode config = Json.read(BASE.resolve("config.json"));
    var wanted = FreshModel.config(vocabulary());
    for (String key : new String[] {"hidden_size", "num_hidden_layers", "vocab_size"}) {
      assertThat(config.get(key)).isEqualTo(wanted.get(key));
    }
    assertThat(config.path("tie_word_embeddings").asBoolean()).isTrue();
  }

  @Test
  void theRecipePointsToFilesThatAreThere() {
    var recipe = RecipeFile.read(PROJECT.resolve("recipe.json"));
    assertThat(Path.of(recipe.model().path()).resolve("model.safetensors")).isRegularFile();
    assertThat(Path.of(recipe.data().train())).isRegularFile();
    assertThat(Path.of(recipe.data().eval())).isRegularFile();
    assertThat(recipe.adapter().method()).isEqualTo("lora");
  }

  @Test
  void theBaseIsMadeByFullTraining() {
    var recipe = RecipeFile.read(PROJECT.resolve("pretrain-recipe.json"));
    assertThat(recipe.adapter().method()).isEqualTo("full");
    assertThat(Path.of(recipe.model().path()).getFileName()).hasToString("fresh");
  }

  private static int vocabulary() {
    return Json.read(BASE.resolve("tokenizer.json")).path("model").path("vocab").size();
  }

  private static JsonNode header(ByteBuffer file) {
    long length = file.order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] text = new byte[Math.toIntExact(length)];
    file.get(text);
    return Json.parse(new String(text, StandardCharsets.UTF_8), "model.safetensors");
  }

  private static TreeSet<String> names(JsonNode header) {
    var names = new TreeSet<String>();
    header.fieldNames().forEachRemaining(names::add);
    names.remove("__metadata__");
    return names;
  }
}
