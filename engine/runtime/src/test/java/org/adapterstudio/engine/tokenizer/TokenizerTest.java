package org.adapterstudio.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.engine.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
  private static final Path FIXTURES = Path.of("src/test/resources/tokenizers");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "pieces"})
  void agreesWithTheReferenceInIdsOffsetsAndText(String name) {
    JsonNode cases = Json.read(FIXTURES.resolve(name).resolve("cases.json"));
    assertThat(cases.size()).isGreaterThanOrEqualTo(36);
    try (Tokenizer tokenizer = Tokenizer.load(FIXTURES.resolve(name))) {
      for (JsonNode wanted : cases) {
        String text = wanted.path("text").asText();
        Encoded got = tokenizer.encodeWithOffsets(text, wanted.path("special").asBoolean());
        assertThat(got.ids()).as(text).isEqualTo(ints(wanted.path("ids")));
        assertThat(covered(text, got)).as(text).isEqualTo(covered(text, wanted.path("offsets")));
        assertThat(tokenizer.decode(got.ids(), true)).isEqualTo(wanted.path("decoded").asText());
        assertThat(tokenizer.decode(got.ids(), false))
            .isEqualTo(wanted.path("decoded_with_special").asText());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "pieces"})
  void streamsTheSameTextThatDecodingAllAtOnceGives(String name) {
    try (Tokenizer tokenizer = Tokenizer.load(FIXTURES.resolve(name))) {
      for (JsonNode wanted : Json.read(FIXTURES.resolve(name).resolve("cases.json"))) {
        int[] ids = ints(wanted.path("ids"));
        StreamingDecoder decoder = tokenizer.streaming(true);
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
          String part = decoder.next(id);
          assertThat(part).doesNotContain("\uFFFD");
          text.append(part);
        }
        text.append(decoder.finish());
        assertThat(text.toString()).isEqualTo(wanted.path("decoded").asText());
      }
    }
  }

  @Test
  void neverCutsLongText() {
    try (Tokenizer tokenizer = Tokenizer.load(FIXTURES.resolve("bytes"))) {
      assertThat(tokenizer.encode("x ".repeat(5000), false)).hasSizeGreaterThan(5000);
    }
  }

  @Test
  void readsTheSpecialTokensOfTheFolder() {
    SpecialTokens bytes = SpecialTokens.read(FIXTURES.resolve("bytes"));
    assertThat(bytes.bos()).isEmpty();
    assertThat(bytes.bosId()).isEqualTo(-1);
    assertThat(bytes.eos()).isEqualTo("<|im_end|>");
    assertThat(bytes.eosIds()).containsExactly(2);
    assertThat(bytes.pad()).isEqualTo("<|endoftext|>");
    assertThat(bytes.padId()).isZero();
    SpecialTokens pieces = SpecialTokens.read(FIXTURES.resolve("pieces"));
    assertThat(pieces.bosId()).isEqualTo(1);
    assertThat(pieces.padId()).as("unknown token where there is no pad").isZero();
  }

  @Test
  void everyEndTokenOfTheGenerationConfigEnds() throws Exception {
    Files.copy(FIXTURES.resolve("bytes/tokenizer.json"), folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": 0, \"bos_token_id\": 1}");
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [2, 0]}");
    SpecialTokens specials = SpecialTokens.read(folder);
    assertThat(specials.eosIds()).containsExactly(0, 2);
    assertThat(specials.eos()).isEqualTo("<|endoftext|>");
    assertThat(specials.bos()).isEqualTo("<|im_start|>");
  }

  @Test
  void agreesWithTheRealModelsTokenizer() {
    Path model = Golden.real().resolve("aidreams-260k");
    try (Tokenizer tokenizer = Tokenizer.load(model)) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(512);
      assertThat(tokenizer.specials().bosId()).isEqualTo(1);
      assertThat(tokenizer.specials().eosIds()).containsExactly(2);
      int[] ids = tokenizer.encode("Once upon a time, a whisper.", true);
      assertThat(ids[0]).isEqualTo(1);
      assertThat(tokenizer.decode(ids, true)).isEqualTo("Once upon a time, a whisper.");
      Golden.ran("tokenizer/aidreams-260k");
    }
  }

  @Test
  void aMissingTokenizerIsNamedWithItsFolder() {
    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("no tokenizer.json")
        .hasMessageContaining("Copy tokenizer.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"model\": 3}", "{\"model\": {\"type\": \"X\"}}"})
  void aBrokenTokenizerIsBadInputThatNamesTheFile(String content) throws Exception {
    Files.writeString(folder.resolve("tokenizer.json"), content);
    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("tokenizer.json");
  }

  /** Each of these ends the process where it reaches the tokenizer library. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"continuing_subword_prefix\": null`|`\"continuing_subword_prefix\": \"#####\"`|shorter"
            + " than",
        "`\"decoder\": {`|`\"decoder\": {\"x\": \"\\ud800\",`|half a character",
        "`\"decoder\": {`|`\"decoder\": {\"x\": -1e999,`|number is too large"
      })
  void whatTheLibraryWouldDieOfIsRefused(String found, String put, String words) throws Exception {
    String sound = Files.readString(FIXTURES.resolve("bytes/tokenizer.json"));
    assertThat(sound).contains(found);
    Files.writeString(folder.resolve("tokenizer.json"), sound.replace(found, put));
    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("tokenizer.json is not a tokenizer that can be read")
        .hasMessageContaining(words);
  }

  /** At any depth of a sequence; a start that is stripped harms nobody. */
  @Test
  void aDecoderThatStripsTheEndsOfTextsIsRefused() throws Exception {
    String sound = Files.readString(FIXTURES.resolve("pieces/tokenizer.json"));
    String strip = "\"stop\": 0";
    assertThat(sound).contains(strip);
    Files.writeString(folder.resolve("tokenizer.json"), sound);
    try (Tokenizer tokenizer = Tokenizer.load(folder)) {
      assertThat(tokenizer.decode(new int[0], false)).isEmpty();
    }
    Files.writeString(folder.resolve("tokenizer.json"), sound.replace(strip, "\"stop\": 1"));
    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("its decoder strips the ends of texts");
  }

  @Test
  void aTemplateWhoseTokenIsNotListedIsRefused() throws Exception {
    String sound = Files.readString(FIXTURES.resolve("pieces/tokenizer.json"));
    String listed = "\"special_tokens\": {";
    assertThat(sound).contains(listed);
    Files.writeString(
        folder.resolve("tokenizer.json"),
        sound.replaceAll("(\"special_tokens\": \\{\\s*)\"<s>\"", "$1\"<t>\""));
    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("its template uses <s>");
  }

  @Test
  void valuesNestedBeyondTheLibrarysDepthAreRefused() throws Exception {
    String deep = "[".repeat(300) + "]".repeat(300);
    Files.writeString(
        folder.resolve("tokenizer.json"), "{\"model\": {}, \"decoder\": " + deep + "}");
    assertThatThrownBy(() -> Tokenizer.load(folder))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("nested too deeply");
  }

  /** Text that each token with text of its own stands for, by UTF-16 indices. */
  static List<String> covered(String text, Encoded encoded) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < encoded.ids().length; i++) {
      boolean none = encoded.starts()[i] < 0;
      parts.add(none ? "" : text.substring(encoded.starts()[i], encoded.ends()[i]));
    }
    return parts;
  }

  /** The same from the reference's offsets, which count code points. */
  static List<String> covered(String text, JsonNode offsets) {
    int[] points = text.codePoints().toArray();
    List<String> parts = new ArrayList<>();
    for (JsonNode offset : offsets) {
      int start = offset.get(0).asInt();
      parts.add(new String(points, start, offset.get(1).asInt() - start));
    }
    return parts;
  }

  static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asInt();
    }
    return values;
  }
}
