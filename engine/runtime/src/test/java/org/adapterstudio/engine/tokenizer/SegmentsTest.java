package org.adapterstudio.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.adapterstudio.contract.json.Json;
import org.junit.jupiter.api.Test;

class SegmentsTest {
  private static final Path WORDPIECE = Path.of("src/test/resources/tokenizers/wordpiece");

  @Test
  void textsAndPairsAreEncodedAndCutAsTheReferenceDoes() {
    try (var tokenizer = Tokenizer.load(WORDPIECE)) {
      JsonNode cases = Json.read(WORDPIECE.resolve("cases.json"));
      for (JsonNode one : cases) {
        String pair = one.path("pair").isNull() ? null : one.path("pair").asText();
        Segments cut =
            tokenizer
                .encodeSegments(one.path("text").asText(), pair)
                .cut(one.path("length").asInt());
        assertThat(cut.ids()).as(one.toString()).isEqualTo(numbers(one.path("ids")));
        assertThat(cut.types()).as(one.toString()).isEqualTo(numbers(one.path("types")));
      }
      assertThat(cases).hasSizeGreaterThan(30);
    }
  }

  private static int[] numbers(JsonNode list) {
    int[] numbers = new int[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.get(i).asInt();
    }
    return numbers;
  }
}
