package org.adapterstudio.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShuffledAnswersTest {
  @TempDir Path folder;

  @Test
  void keepsPromptsInPlaceAndDealsTheSameAnswersOutAnew() throws Exception {
    Path rows = rows();
    Path out = folder.resolve("new").resolve("out.jsonl");
    ShuffledAnswers.write(rows, out, 7);
    assertThat(content(out, 0)).isEqualTo(content(rows, 0));
    assertThat(content(out, 1)).isNotEqualTo(content(rows, 1));
    assertThat(content(out, 1)).containsExactlyInAnyOrderElementsOf(content(rows, 1));
  }

  @Test
  void theSameSeedDealsTheSameWay() throws Exception {
    Path rows = rows();
    ShuffledAnswers.write(rows, folder.resolve("a"), 7);
    ShuffledAnswers.write(rows, folder.resolve("b"), 7);
    assertThat(folder.resolve("a")).hasSameTextualContentAs(folder.resolve("b"));
  }

  @Test
  void aRowWithoutAnAnswerIsRefused() throws Exception {
    Path rows = folder.resolve("rows");
    Files.writeString(rows, "{\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]}\n");
    assertThatThrownBy(() -> ShuffledAnswers.write(rows, folder.resolve("out"), 7))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("does not end with an assistant's message");
  }

  private Path rows() throws Exception {
    List<String> lines =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"q%d\"},".formatted(i)
                        + "{\"role\":\"assistant\",\"content\":\"a%d\"}]}".formatted(i))
            .toList();
    return Files.write(folder.resolve("rows.jsonl"), lines);
  }

  private static List<String> content(Path file, int turn) throws Exception {
    return Files.readAllLines(file).stream()
        .map(line -> Json.parse(line, "row"))
        .map((JsonNode row) -> row.path("messages").path(turn).path("content").asText())
        .toList();
  }
}
