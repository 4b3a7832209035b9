package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Request.Message;
import org.adapterstudio.engine.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplesTest {
  private static final Message ASK = new Message("user", "ask");
  private static final Message ANSWER = new Message("assistant", "answer");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "instruction#{\"instruction\": \"ask\", \"input\": \"\", \"output\": \"answer\"}",
        "instruction#{\"output\": \"answer\", \"instruction\": \"ask\"}",
        "messages#{\"messages\": [{\"role\": \"user\", \"content\": \"ask\"},"
            + " {\"role\": \"assistant\", \"content\": \"answer\"}]}",
        "messages#{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\","
            + " \"text\": \"ask\"}]}, {\"role\": \"assistant\", \"content\": \"answer\"}]}",
        "conversations#{\"conversations\": [{\"from\": \"human\", \"value\": \"ask\"},"
            + " {\"from\": \"gpt\", \"value\": \"answer\"}]}",
        "prompt_completion#{\"prompt\": \"ask\", \"completion\": \"answer\"}",
        "question_answer#{\"question\": \"ask\", \"answer\": \"answer\", \"id\": 7}"
      })
  void detectsTheFormatByItsKeys(String format, String row) {
    Examples examples = read("rows.jsonl", row, Map.of());
    assertThat(examples.format()).isEqualTo(format);
    assertThat(examples.bad()).isEmpty();
    assertThat(examples.rows()).containsExactly(new Example(1, List.of(ASK, ANSWER), null));
  }

  @Test
  void joinsInstructionAndInput() {
    Examples examples =
        read(
            "rows.jsonl",
            "{\"instruction\": \"Sum\", \"input\": \"1 2\", \"output\": \"3\", \"system\": \"s\"}",
            Map.of());
    assertThat(examples.rows().getFirst().turns())
        .extracting(Message::content)
        .containsExactly("s", "Sum\n\n1 2", "3");
  }

  @Test
  void readsPlainTextByParagraphs() {
    Examples examples = read("play.txt", "\uFEFFone\r\ntwo\r\n\r\n\r\nthree\n \nfour\n", Map.of());
    assertThat(examples.format()).isEqualTo("text");
    assertThat(examples.rows())
        .containsExactly(
            new Example(1, List.of(), "one\ntwo"),
            new Example(5, List.of(), "three"),
            new Example(7, List.of(), "four"));
  }

  @Test
  void readsCsvWithQuotesAndLineBreaksInFields() {
    Examples examples =
        read(
            "rows.csv",
            "\uFEFFquestion,answer\r\n"
                + "\"a, \"\"b\"\"\",one\r\n"
                + "\"two\n"
                + "lines\",\"x\n\n"
                + "y\"\r\n"
                + "\r\nlast,z\r\n",
            Map.of());
    assertThat(examples.format()).isEqualTo("question_answer");
    assertThat(examples.columns()).containsExactly("question", "answer");
    assertThat(examples.rows()).extracting(Example::line).containsExactly(2, 3, 8);
    assertThat(examples.rows().get(0).turns().getFirst().content()).isEqualTo("a, \"b\"");
    assertThat(examples.rows().get(1).turns())
        .extracting(Message::content)
        .containsExactly("two\nlines", "x\n\ny");
  }

  @Test
  void tabSeparatedFilesKeepTheirQuotes() {
    Examples examples = read("rows.tsv", "prompt\tcompletion\nsay \"hi\tthere\n", Map.of());
    assertThat(examples.rows().getFirst().turns().getFirst().content()).isEqualTo("say \"hi");
  }

  @Test
  void readsJsonArraysAndObjectsWithData() {
    String rows =
        "[\n {\"prompt\": \"ask\",\n  \"completion\": \"answer\"},\n 3,\n"
            + " {\"prompt\": \"ask\", \"completion\": \"answer\"}\n]";
    for (String text : List.of(rows, "{\"version\": [1], \"data\": " + rows + "}")) {
      Examples examples = read("rows.json", text, Map.of());
      assertThat(examples.rows()).extracting(Example::line).containsExactly(2, 5);
      assertThat(examples.bad())
          .singleElement()
          .satisfies(
              bad -> {
                assertThat(bad.line()).isEqualTo(4);
                assertThat(bad.reason()).isEqualTo("is not a JSON object");
              });
    }
  }

  @Test
  void mapsColumnsWhereNamesDiffer() {
    Examples examples =
        read(
            "rows.csv",
            "frage,antwort\nask,answer\n",
            Map.of("question", "frage", "answer", "antwort"));
    assertThat(examples.format()).isEqualTo("question_answer");
    assertThat(examples.rows()).containsExactly(new Example(2, List.of(ASK, ANSWER), null));
  }

  @Test
  void unknownColumnsAreListedWithWhatToMap() {
    assertThatThrownBy(() -> read("rows.csv", "frage,antwort\na,b\n", Map.of()))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("has the columns frage, antwort")
        .hasMessageContaining("data.columns")
        .hasMessageContaining("{\"question\": \"frage\", \"answer\": \"antwort\"}");
  }

  @Test
  void aMappedColumnThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> read("rows.csv", "frage,antwort\na,b\n", Map.of("question", "Frage")))
        .hasMessageContaining("data.columns maps question to \"Frage\"")
        .hasMessageContaining("Its columns are frage, antwort");
  }

  @Test
  void badRowsNameTheFieldAndTheReason() {
    Examples examples =
        read(
            "rows.jsonl",
            """
            {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}
            {"messages": [{"role": "user", "content": "a"}]}
            {"messages": "hello"}
            {"messages": [{"role": "robot", "content": "a"}]}
            {"messages": [{"role": "user"}]}
            {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": " "}]}
            {"other": 1}
            [1, 2]
            {"messages": [{"role": "user", "content": true}]}
            """,
            Map.of());
    assertThat(examples.rows()).hasSize(1);
    assertThat(examples.bad().stream().map(b -> b.line() + " " + b.field() + " " + b.reason()))
        .containsExactly(
            "2 messages has no assistant turn, so there is no answer to learn",
            "3 messages holds text, not a list of turns",
            "4 messages[0].role is \"robot\", which is not known",
            "5 messages[0].content is missing",
            "6 messages has an assistant turn that is empty",
            "7 messages is missing",
            "8  is not a JSON object",
            "9 messages[0].content holds true or false, not text");
  }

  @Test
  void aLineThatIsNotUtf8IsOneBadRow() throws IOException {
    byte[] good = "{\"text\": \"ä\"}\n".getBytes(StandardCharsets.UTF_8);
    byte[] bad = "{\"text\": \"ä\"}\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[2 * good.length + bad.length];
    System.arraycopy(good, 0, all, 0, good.length);
    System.arraycopy(bad, 0, all, good.length, bad.length);
    System.arraycopy(good, 0, all, good.length + bad.length, good.length);
    Path file = Files.write(folder.resolve("rows.jsonl"), all);
    Examples examples = Examples.read(file, Fixtures.data(file, "auto", Map.of()));
    assertThat(examples.rows()).extracting(Example::line).containsExactly(1, 3);
    assertThat(examples.bad())
        .singleElement()
        .satisfies(b -> assertThat(b.line() + " " + b.reason()).isEqualTo("2 is not UTF-8 text"));
  }

  @Test
  void survivesHostileLines() {
    String longText = "x".repeat(10 << 20);
    Examples examples =
        read(
            "rows.jsonl",
            "{\"text\": \""
                + longText
                + "\"}\n"
                + "[".repeat(100_000)
                + "\n"
                + "{\"text\": "
                + "{\"a\":".repeat(50_000)
                + "\n"
                + "\0\0\0\n{\"text\": \"nul \\u0000 inside\"}\n{\"text\": 1e999999999}\n",
            Map.of());
    assertThat(examples.rows()).extracting(Example::line).contains(1, 5);
    assertThat(examples.rows().getFirst().text()).hasSize(10 << 20);
    assertThat(examples.bad()).extracting("line").contains(2, 3, 4);
  }

  @Test
  void refusesMissingFilesAndUnknownEndings() {
    Path missing = folder.resolve("missing.jsonl");
    assertThatThrownBy(() -> Examples.read(missing, Fixtures.data(missing, "auto", Map.of())))
        .hasMessageContaining(missing + " does not exist");
    assertThatThrownBy(() -> read("rows.xls", "x", Map.of()))
        .hasMessageContaining("Use .jsonl, .json, .parquet, .csv, .tsv or .txt");
    assertThatThrownBy(() -> read("rows.json", "{\"rows\": []}", Map.of()))
        .hasMessageContaining("neither a JSON array nor an object with \"data\"");
    Path file = Fixtures.write(folder, "rows.jsonl", "{\"text\": \"a\"}");
    assertThatThrownBy(() -> Examples.read(file, Fixtures.data(file, "sharegpt", Map.of())))
        .hasMessageContaining("data.format \"sharegpt\" is not known")
        .hasMessageContaining("conversations");
  }

  @Test
  void readsTheRealDataSets() {
    Path real = Golden.real();
    assertReal(real.resolve("gsm8k_test.jsonl"), Map.of(), "question_answer", 1319);
    assertReal(real.resolve("tinyshakespeare.txt"), Map.of(), "text", 7222);
    assertReal(
        real.resolve("alpaca_seed_tasks.jsonl"),
        Map.of("input", "instances.0.input", "output", "instances.0.output"),
        "instruction",
        175);
  }

  private static void assertReal(Path file, Map<String, String> columns, String format, int rows) {
    Examples examples = Examples.read(file, Fixtures.data(file, "auto", columns));
    assertThat(examples.format()).isEqualTo(format);
    assertThat(examples.bad()).as(file.toString()).isEmpty();
    assertThat(examples.rows()).as(file.toString()).hasSize(rows);
    Golden.ran("data/" + file.getFileName());
  }

  private Examples read(String name, String content, Map<String, String> columns) {
    Path file = Fixtures.write(folder, name, content);
    return Examples.read(file, Fixtures.data(file, "auto", columns));
  }
}
