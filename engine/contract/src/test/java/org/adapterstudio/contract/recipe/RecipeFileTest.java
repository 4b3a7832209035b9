package org.adapterstudio.contract.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeFileTest {
  @TempDir Path folder;

  @Test
  void anEmptyRecipeHasTheStudiosDefaults() throws IOException {
    Recipe recipe = read("{}");
    assertThat(recipe.adapter().method()).isEqualTo("lora");
    assertThat(recipe.adapter().rank()).isEqualTo(16);
    assertThat(recipe.adapter().alpha()).isEqualTo(32);
    assertThat(recipe.adapter().targetModules().asText()).isEqualTo("all-linear");
    assertThat(recipe.training().effectiveBatch()).isEqualTo(16);
    assertThat(recipe.training().learningRate()).isEqualTo(2e-4);
    assertThat(recipe.training().lrSchedulerType()).isEqualTo("cosine");
  }

  @Test
  void relativePathsStartAtTheRecipe() throws IOException {
    Recipe recipe =
        read("{\"model\": {\"path\": \"../base\"}, \"data\": {\"train\": \"rows.jsonl\"}}");
    assertThat(recipe.model().path()).isEqualTo(folder.resolve("../base").normalize().toString());
    assertThat(recipe.data().train()).isEqualTo(folder.resolve("rows.jsonl").toString());
    assertThat(recipe.data().eval()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"r", "dim", "lora_rank", "rank"})
  void otherToolsNamesForRankAreAccepted(String name) throws IOException {
    assertThat(read("{\"adapter\": {\"" + name + "\": 5}}").adapter().rank()).isEqualTo(5);
  }

  @Test
  void alphaDefaultsToTwiceTheRank() throws IOException {
    assertThat(read("{\"adapter\": {\"r\": 5}}").adapter().alpha()).isEqualTo(10);
  }

  @Test
  void aCardFillsWhatTheRecipeLeavesOpenAndNothingElse() throws IOException {
    Recipe open = read("{\"adapter\": {\"method\": \"qlora\"}}");
    assertThat(open.model().quantization()).isEqualTo("nf4-double");
    assertThat(open.training().activationCheckpointing()).isTrue();
    Recipe told =
        read("{\"model\": {\"quantization\": \"int8\"}, \"adapter\": {\"method\": \"qlora\"}}");
    assertThat(told.model().quantization()).isEqualTo("int8");
    assertThat(read("{}").model().quantization()).isEqualTo("none");
  }

  @Test
  void anUnknownFieldIsNamedWithTheClosestKnownOne() {
    assertThatThrownBy(() -> read("{\"training\": {\"learning_rte\": 1}}"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("recipe.json")
        .hasMessageContaining("training.learning_rte")
        .hasMessageContaining("perhaps learning_rate is meant");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(
            () -> read("{\"modle\": {}, \"training\": {\"max_steps\": \"ten\", \"seed\": 1.5}}"))
        .hasMessageContaining("modle")
        .hasMessageContaining("training.max_steps: is \"ten\" but must be a whole number")
        .hasMessageContaining("training.seed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"training\": 3} | training: must be an object",
        "{\"data\": {\"packing\": \"yes\"}} | data.packing: is \"yes\" but must be true or false",
        "{\"adapter\": {\"modules_to_save\": \"lm_head\"}} | must be a list",
        "{\"adapter\": {\"rank_pattern\": 4}} | must be an object",
        "{\"model\": {\"path\": 4}} | must be text in quotes",
        "{\"version\": 9} | has version 9",
        "[1] | holds no JSON object",
        "{\"a\": | line 1 column"
      })
  void aValueOfTheWrongKindIsNamed(String json, String sentence) {
    assertThatThrownBy(() -> read(json)).hasMessageContaining(sentence);
  }

  @Test
  void settingsOverrideSingleFields() throws IOException {
    Path file = write("{\"training\": {\"max_steps\": 10}}");
    Recipe recipe =
        RecipeFile.read(
            file,
            List.of("training.max_steps=60", "adapter.method=full", "sampling.prompts=[\"a\"]"));
    assertThat(recipe.training().maxSteps()).isEqualTo(60);
    assertThat(recipe.adapter().method()).isEqualTo("full");
    assertThat(recipe.sampling().prompts()).containsExactly("a");
  }

  @Test
  void aSettingWithoutEqualsIsRefused() throws IOException {
    Path file = write("{}");
    assertThatThrownBy(() -> RecipeFile.read(file, List.of("training.max_steps")))
        .hasMessageContaining("has no '='");
  }

  @Test
  void whatIsWrittenReadsBackEqual() throws IOException {
    Recipe recipe =
        read(
            """
            {"adapter": {"rank_pattern": {"b": 2, "a": 1}, "knobs": {"use_rslora": true},
              "layers_to_transform": [1, 3]},
             "data": {"columns": {"prompt": "ask"}}}
            """);
    Path copy = folder.resolve("copy.json");
    RecipeFile.write(copy, recipe);
    assertThat(RecipeFile.read(copy)).isEqualTo(recipe);
    assertThat(RecipeFile.read(copy).adapter().rankPattern().keySet()).containsExactly("b", "a");
  }

  private Recipe read(String json) throws IOException {
    return RecipeFile.read(write(json));
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("recipe.json"), json);
  }
}
