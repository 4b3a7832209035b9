package org.adapterstudio.contract.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.family.ModelFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskCardsTest {
  static Stream<MethodCard> tasks() {
    return TaskCards.all().stream();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void everyTaskCardSaysWhatItWorksOn(MethodCard card) {
    assertThat(card.task().networks()).isNotEmpty();
    assertThat(card.task().takes()).isNotNull();
    assertThat(card.task().formats()).isNotEmpty();
    assertThat(card.task().formats().values()).noneMatch(List::isEmpty);
  }

  @Test
  void everyFamilyReadsSomethingAndSuitsATaskOnlyIfItDoes() {
    for (String key : ModelFamilies.keys()) {
      ModelFamily family = ModelFamilies.find(key).orElseThrow();
      assertThat(family.takes()).as(key).isNotEmpty();
      assertThat(TaskCards.suiting(key))
          .allMatch(card -> family.takes().contains(card.task().takes()));
    }
  }

  @Test
  void theTaskOfABaseIsWhatItWasSavedForUnlessTheRecipeNamesAnother() {
    assertThat(TaskCards.of("auto", "llama", "LlamaForCausalLM").orElseThrow().key())
        .isEqualTo("causal_lm");
    assertThat(TaskCards.of("masked_lm", "llama", "LlamaForCausalLM").orElseThrow().key())
        .isEqualTo("masked_lm");
    assertThat(TaskCards.of("auto", "no_such_family", "X")).isEmpty();
    assertThat(TaskCards.of("no_such_task", "llama", "X")).isEmpty();
  }

  @Test
  void aFamilyReadsWhatItHasPlacesFor() {
    assertThat(family(Map.of(), "vocabulary").takes()).containsExactly(ModelFamily.Medium.TEXT);
    assertThat(
            family(Map.of("text", part("vocabulary"), "vision", part("image")), "hidden").takes())
        .containsExactlyInAnyOrder(ModelFamily.Medium.TEXT, ModelFamily.Medium.IMAGE);
    assertThat(family(Map.of("decoder", part("vocabulary")), "sound").takes())
        .containsExactly(ModelFamily.Medium.SOUND);
  }

  @Test
  void aFieldIsReadFromItsMappedColumnThenItsOwnThenAnotherItKnows() {
    var text = new TaskNeeds.Field("text", List.of("sentence"), null);
    assertThat(text.column(Map.of("text", "body"), List.of("text", "body"))).isEqualTo("body");
    assertThat(text.column(Map.of(), List.of("sentence", "text"))).isEqualTo("text");
    assertThat(text.column(Map.of(), List.of("id", "sentence"))).isEqualTo("sentence");
    assertThat(text.column(Map.of(), List.of("id"))).isNull();
  }

  private static ModelFamily.Part part(String key) {
    return new ModelFamily.Part(null, shape(key), null, null);
  }

  private static ModelFamily family(Map<String, ModelFamily.Part> stacks, String key) {
    return new ModelFamily("x", "X", "x", shape(key), null, null, null, null, stacks);
  }

  private static Map<String, com.fasterxml.jackson.databind.JsonNode> shape(String key) {
    return Map.of(key, com.fasterxml.jackson.databind.node.TextNode.valueOf("$" + key));
  }
}
