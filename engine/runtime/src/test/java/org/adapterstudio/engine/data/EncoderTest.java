package org.adapterstudio.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapterstudio.contract.serve.Request.Message;
import org.adapterstudio.engine.chat.ChatTemplate;
import org.adapterstudio.engine.tokenizer.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderTest {
  private static Tokenizer bytes;
  private static Tokenizer pieces;

  @BeforeAll
  static void open() {
    bytes = Tokenizer.load(Fixtures.BYTES);
    pieces = Tokenizer.load(Fixtures.PIECES);
  }

  @AfterAll
  static void close() {
    bytes.close();
    pieces.close();
  }

  private static Example chat(String... contents) {
    List<Message> turns = new ArrayList<>();
    for (int i = 0; i < contents.length; i++) {
      turns.add(new Message(i % 2 == 0 ? "user" : "assistant", contents[i]));
    }
    return new Example(1, turns, null);
  }

  private static String trained(Tokenizer tokenizer, EncodedRow row) {
    int[] ids = Arrays.stream(row.labels()).filter(label -> label >= 0).toArray();
    return tokenizer.decode(ids, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chatml", "plain", "zephyr", "alpaca"})
  void learnsExactlyTheAnswersAndTheirEndTokens(String name) {
    Encoder encoder = new Encoder(bytes, Fixtures.template(name, bytes), 512);
    EncodedRow row = encoder.encode(chat("What is it?", "The answer is four.", "And?", "Grüße 😀"));
    assertThat(trained(bytes, row)).isEqualTo("The answer is four.<|im_end|>Grüße 😀<|im_end|>");
    assertThat(row.cut()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama2", "mistral", "vicuna"})
  void learnsTheAnswersOfTemplatesThatEndTurnsWithEos(String name) {
    Encoder encoder = new Encoder(pieces, Fixtures.template(name, pieces), 512);
    EncodedRow row = encoder.encode(chat("What is it?", "The answer is four.", "And?", "Grüße 😀"));
    assertThat(trained(pieces, row).replaceAll("\\s*</s>\\s*", "</s>").strip())
        .isEqualTo("The answer is four.</s>Grüße 😀</s>");
  }

  @Test
  void neverDoublesTheBeginToken() {
    for (String name : List.of("llama2", "mistral", "plain", "vicuna", "alpaca")) {
      Encoder encoder = new Encoder(pieces, Fixtures.template(name, pieces), 512);
      int[] ids = encoder.encode(chat("Question", "Answer")).ids();
      assertThat(ids[0]).isEqualTo(1);
      assertThat(Arrays.stream(ids).filter(id -> id == 1)).as(name).hasSize(1);
      assertThat(encoder.prompt(List.of(new Message("user", "Question")))[0]).isEqualTo(1);
    }
  }

  @Test
  void aPromptIsThePartOfTheRowBeforeItsAnswer() {
    for (String name : List.of("chatml", "llama3", "zephyr", "plain", "alpaca", "gemma", "phi3")) {
      Encoder encoder = new Encoder(bytes, Fixtures.template(name, bytes), 512);
      Example example = chat("What is it?", "Four.");
      EncodedRow row = encoder.encode(example);
      Prompt prompt = encoder.question(example).orElseThrow();
      assertThat(Arrays.copyOf(row.ids(), prompt.ids().length)).as(name).isEqualTo(prompt.ids());
      assertThat(row.labels()[prompt.ids().length]).isNotEqualTo(EncodedRow.NOT_TRAINED);
      assertThat(row.labels()[prompt.ids().length - 1]).isEqualTo(EncodedRow.NOT_TRAINED);
      assertThat(prompt.wanted()).isEqualTo("Four.");
    }
  }

  @Test
  void learnsPlainTextWholeBetweenBeginAndEnd() {
    Encoder encoder = new Encoder(pieces, null, 512);
    EncodedRow row = encoder.encode(new Example(3, List.of(), "A small task."));
    assertThat(row.labels()).isEqualTo(row.ids());
    assertThat(row.ids()[0]).isEqualTo(1);
    assertThat(row.ids()[row.ids().length - 1]).isEqualTo(2);
    assertThat(pieces.decode(row.ids(), true)).isEqualTo("A small task.");
  }

  @Test
  void honoursGenerationTagsOfTheTemplate() {
    String source =
        "{% for m in messages %}{% if m.role == 'assistant' %}{{ 'A:' }}{% generation %}"
            + "{{ m.content + eos_token }}{% endgeneration %}"
            + "{% else %}{{ 'U:' + m.content }}{% endif %}{{ '\\n' }}{% endfor %}";
    Encoder encoder = new Encoder(bytes, new ChatTemplate("tags", source, bytes.specials()), 512);
    EncodedRow row = encoder.encode(chat("one", "two", "three", "four"));
    assertThat(trained(bytes, row)).isEqualTo("two<|im_end|>four<|im_end|>");
    assertThat(bytes.decode(row.ids(), false))
        .isEqualTo("U:one\nA:two<|im_end|>\nU:three\nA:four<|im_end|>\n");
  }

  @Test
  void cutsAfterMaxLengthAndSaysSo() {
    Encoder encoder = new Encoder(bytes, Fixtures.template("chatml", bytes), 30);
    EncodedRow row = encoder.encode(chat("Hi", "The answer is four. ".repeat(20)));
    assertThat(row.ids()).hasSize(30);
    assertThat(row.cut()).isTrue();
    assertThat(row.fullLength()).isGreaterThan(60);
  }

  @Test
  void refusesARowWhoseAnswerIsCutAway() {
    Encoder encoder = new Encoder(bytes, Fixtures.template("chatml", bytes), 30);
    Example example = chat("What is it? ".repeat(20), "Four.");
    assertThatThrownBy(() -> encoder.encode(example))
        .isInstanceOf(RowRefused.class)
        .hasMessageContaining("its answer starts after max_length (30 tokens)");
  }

  @Test
  void aConversationTheTemplateRefusesIsABadRowWithItsWords() {
    Encoder encoder = new Encoder(pieces, Fixtures.template("mistral", pieces), 512);
    Example twice =
        new Example(
            1,
            List.of(
                new Message("user", "a"), new Message("user", "b"), new Message("assistant", "c")),
            null);
    assertThatThrownBy(() -> encoder.encode(twice))
        .isInstanceOf(RowRefused.class)
        .hasMessageContaining("needs user and assistant turns in alternation");
  }
}
