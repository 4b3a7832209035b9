package org.adapterstudio.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.adapterstudio.contract.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders without a tokenizer.json; their ids come from the references (make_vocabularies.py). */
class OlderVocabulariesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/vocabularies");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt2",
        "opt",
        "roberta",
        "qwen2",
        "clip",
        "whisper",
        "bert",
        "bert_cased",
        "llama",
        "llama_legacy",
        "gemma",
        "t5",
        "deberta"
      })
  void agreeWithTheReferenceInIdsAndText(String name) {
    JsonNode cases = Json.read(FIXTURES.resolve(name).resolve("cases.json"));
    assertThat(cases.size()).isGreaterThan(100);
    try (Tokenizer tokenizer = Tokenizer.load(FIXTURES.resolve(name))) {
      for (JsonNode wanted : cases) {
        String text = wanted.path("text").asText();
        int[] ids = tokenizer.encode(text, wanted.path("special").asBoolean());
        assertThat(ids).as(wanted.toString()).isEqualTo(TokenizerTest.ints(wanted.path("ids")));
        assertThat(tokenizer.decode(ids, true)).isEqualTo(wanted.path("decoded").asText());
        assertThat(tokenizer.decode(ids, false))
            .isEqualTo(wanted.path("decoded_with_special").asText());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "roberta", "clip", "bert", "llama", "gemma"})
  void tokensStandForTheCharactersThatTheReferenceSays(String name) {
    try (Tokenizer tokenizer = Tokenizer.load(FIXTURES.resolve(name))) {
      for (JsonNode wanted : Json.read(FIXTURES.resolve(name).resolve("cases.json"))) {
        if (wanted.has("offsets")) {
          String text = wanted.path("text").asText();
          Encoded got = tokenizer.encodeWithOffsets(text, wanted.path("special").asBoolean());
          assertThat(TokenizerTest.covered(text, got).stream().map(String::strip))
              .as(wanted.toString())
              .isEqualTo(
                  TokenizerTest.covered(text, wanted.path("offsets")).stream()
                      .map(String::strip)
                      .toList());
        }
      }
    }
  }

  @Test
  void nameTheSpecialTokensThatAreUsualForTheirKind() {
    SpecialTokens bert = SpecialTokens.read(FIXTURES.resolve("bert"));
    assertThat(bert.pad()).isEqualTo("[PAD]");
    assertThat(bert.padId()).isZero();
    SpecialTokens gpt2 = SpecialTokens.read(FIXTURES.resolve("gpt2"));
    assertThat(gpt2.eos()).isEqualTo("<|endoftext|>");
    assertThat(gpt2.eosIds()).containsExactly(gpt2.ids().get("<|endoftext|>"));
    SpecialTokens gemma = SpecialTokens.read(FIXTURES.resolve("gemma"));
    assertThat(gemma.bos()).isEqualTo("<bos>");
    assertThat(gemma.bosId()).isEqualTo(2);
    assertThat(gemma.eosIds()).containsExactly(1);
    SpecialTokens qwen2 = SpecialTokens.read(FIXTURES.resolve("qwen2"));
    assertThat(qwen2.eos()).isEqualTo("<|im_end|>");
    assertThat(qwen2.bosId()).isEqualTo(-1);
  }
}
