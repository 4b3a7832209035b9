package org.adapterstudio.samples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trained tokenizer, read by the library that the engine uses. */
class TokenizerTrainerTest {
  @TempDir static Path folder;
  private static final List<String> TEXTS = new ArrayList<>();
  private static String trained;
  private static HuggingFaceTokenizer tokenizer;

  @BeforeAll
  static void train() throws IOException {
    FirstAdapterGenerator.pretraining().forEach(chat -> TEXTS.addAll(chat.contents()));
    trained = TokenizerTrainer.train(TEXTS);
    Files.writeString(folder.resolve("tokenizer.json"), trained);
    tokenizer =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(folder)
            .optTruncation(false)
            .optPadding(false)
            .optAddSpecialTokens(false)
            .build();
  }

  @Test
  void theBaseHasThisTokenizer() throws IOException {
    Path base = Path.of("first-adapter", "base");
    assertThat(base.resolve("tokenizer.json")).hasContent(trained);
    assertThat(Json.read(base.resolve("tokenizer_config.json")))
        .isEqualTo(Json.parse(TokenizerFile.config(), "ours"));
  }

  @Test
  void everyRowComesBackAsItWas() {
    for (var row : FirstAdapterGenerator.eval()) {
      assertRoundTrip(row.request());
      assertRoundTrip(row.answer());
    }
    FirstAdapterGenerator.train().subList(0, 500).forEach(row -> assertRoundTrip(row.answer()));
    TEXTS.subList(0, 200).forEach(TokenizerTrainerTest::assertRoundTrip);
  }

  @Test
  void bytesNeverSeenInTrainingComeBackToo() {
    assertRoundTrip("Zürich – 東京 – \u0007 – 😀");
  }

  @Test
  void theMarksOfAConversationAreOneTokenEach() {
    String text = "<s><|user|>\nbox<|end|>\n<|assistant|>\n42<|end|>\n";
    var tokens = List.of(tokenizer.encode(text, false, false).getTokens());
    assertThat(tokens)
        .containsExactly(
            "<s>",
            "<|user|>",
            "Ċ",
            "box",
            "<|end|>",
            "Ċ",
            "<|assistant|>",
            "Ċ",
            "4",
            "2",
            "<|end|>",
            "Ċ");
    Map<String, Integer> special = Map.of("<pad>", 0, "<s>", 1, "<|end|>", 2);
    special.forEach((mark, id) -> assertThat(ids(mark)).containsExactly(id));
  }

  @Test
  void ordinaryWordsAreOneToken() {
    var vocabulary = Json.parse(trained, "ours").path("model").path("vocab");
    assertThat(vocabulary.size()).isLessThanOrEqualTo(TokenizerTrainer.VOCABULARY);
    World.CITIES.forEach(city -> assertThat(ids(city)).hasSize(1));
    World.THINGS.forEach(thing -> assertThat(ids(thing.one())).hasSize(1));
  }

  @Test
  void aWordIsTheSameTokenWhereverItStands() {
    assertThat(ids("a box")[2]).isEqualTo(ids("\"box\"")[1]).isEqualTo(ids("box")[0]);
  }

  private static long[] ids(String text) {
    return tokenizer.encode(text, false, false).getIds();
  }

  private static void assertRoundTrip(String text) {
    assertThat(tokenizer.decode(ids(text), false)).isEqualTo(text);
  }
}
