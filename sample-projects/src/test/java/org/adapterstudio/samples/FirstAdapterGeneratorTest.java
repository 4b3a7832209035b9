package org.adapterstudio.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.samples.FirstAdapterGenerator.Row;
import org.junit.jupiter.api.Test;

/** The sample's rows: repeatable, held out honestly, and right. */
class FirstAdapterGeneratorTest {
  private static final Path DATA = Path.of("first-adapter", "data");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+|[0-9]+");

  @Test
  void theSameSeedGivesTheSameRows() {
    assertThat(FirstAdapterGenerator.train()).isEqualTo(FirstAdapterGenerator.train());
    assertThat(lines(7)).isEqualTo(lines(7)).isNotEqualTo(lines(8));
  }

  @Test
  void theFilesInTheProjectAreWhatTheGeneratorWrites() throws IOException {
    assertThat(DATA.resolve("train.jsonl")).exists();
    assertThat(Files.readAllLines(DATA.resolve("train.jsonl")))
        .isEqualTo(FirstAdapterGenerator.train().stream().map(Row::line).toList());
    assertThat(Files.readAllLines(DATA.resolve("eval.jsonl")))
        .isEqualTo(FirstAdapterGenerator.eval().stream().map(Row::line).toList());
  }

  @Test
  void noHeldOutRequestIsTrainedOn() {
    var held = requests(FirstAdapterGenerator.eval());
    assertThat(held).hasSizeGreaterThanOrEqualTo(200);
    assertThat(requests(FirstAdapterGenerator.train())).doesNotContainAnyElementsOf(held);
  }

  @Test
  void everyAnswerSaysWhatItsRequestSays() {
    FirstAdapterGenerator.eval().forEach(FirstAdapterGeneratorTest::checkAnswer);
    FirstAdapterGenerator.train().forEach(FirstAdapterGeneratorTest::checkAnswer);
  }

  @Test
  void theBaseNeverSeesTheFormOfTheAnswers() {
    FirstAdapterGenerator.pretraining()
        .limit(20_000)
        .flatMap(chat -> chat.contents().stream())
        .forEach(text -> assertThat(text).doesNotContain("{\"colour\":", "\"count\":1"));
  }

  private static List<String> lines(long seed) {
    var texts = new Pretraining(seed);
    return IntStream.range(0, 50).mapToObj(_ -> texts.next().line()).toList();
  }

  private static void checkAnswer(Row row) {
    JsonNode answer = Json.parse(row.answer(), row.request());
    Set<String> said =
        WORD.matcher(row.request()).results().map(word -> word.group()).collect(Collectors.toSet());
    int count = answer.path("count").asInt();
    assertThat(lower(said)).containsAnyOf("" + count, World.NUMBERS.get(count - 1));
    checkWord(answer.get("colour"), said, World.COLOURS);
    checkWord(answer.get("city"), said, World.CITIES);
    checkWord(answer.get("day"), said, World.DAYS);
    assertThat(row.answer()).isEqualTo(Json.line(answer));
    assertThat(answer.properties().stream().map(field -> field.getKey()))
        .containsExactly("colour", "count", "city", "day");
  }

  private static void checkWord(JsonNode value, Set<String> said, List<String> of) {
    var named = of.stream().filter(said::contains).toList();
    assertThat(named).isEqualTo(value.isNull() ? List.of() : List.of(value.asText()));
  }

  private static Set<String> lower(Set<String> words) {
    return words.stream().map(String::toLowerCase).collect(Collectors.toSet());
  }

  private static Set<String> requests(List<Row> rows) {
    return new HashSet<>(rows.stream().map(Row::request).toList());
  }
}
