package org.adapterstudio.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.serve.Request.Message;

/** The shapes of a row, each with the fields it needs; detected in the order written here. */
enum RowFormat {
  MESSAGES("messages"),
  CONVERSATIONS("conversations"),
  INSTRUCTION("instruction", "output"),
  PROMPT_COMPLETION("prompt", "completion"),
  QUESTION_ANSWER("question", "answer"),
  TEXT("text");

  private final List<String> needed;

  RowFormat(String... needed) {
    this.needed = List.of(needed);
  }

  /** As recipes write it. */
  String key() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  List<String> needed() {
    return needed;
  }

  /** The first format whose fields are all there. */
  static Optional<RowFormat> detect(Collection<String> fields) {
    return Arrays.stream(values()).filter(f -> fields.containsAll(f.needed)).findFirst();
  }

  /** The format a recipe names; an unknown name is bad input. */
  static RowFormat of(String key) {
    return Arrays.stream(values())
        .filter(f -> f.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "data.format \"" + key + "\" is not known.",
                    "Use auto, "
                        + Arrays.stream(values())
                            .map(RowFormat::key)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  /**
   * A row as an example; what is missing or of the wrong type refuses the row.
   *
   * @param columns format field to column of the file, where names differ
   */
  Example read(Row row, Map<String, String> columns) {
    Fields fields = new Fields(row, columns);
    return switch (this) {
      case MESSAGES -> Turns.read(row.line(), fields, "messages", "role", "content");
      case CONVERSATIONS -> Turns.read(row.line(), fields, "conversations", "from", "value");
      case INSTRUCTION -> {
        String input = fields.optional("input");
        String task = fields.text("instruction");
        yield pair(fields, input.isBlank() ? task : task + "\n\n" + input, "output");
      }
      case PROMPT_COMPLETION -> pair(fields, fields.text("prompt"), "completion");
      case QUESTION_ANSWER -> pair(fields, fields.text("question"), "answer");
      case TEXT -> new Example(row.line(), List.of(), fields.text("text"));
    };
  }

  private static Example pair(Fields fields, String asked, String answerField) {
    String answer = fields.text(answerField);
    List<Message> turns = new ArrayList<>();
    String system = fields.optional("system");
    if (!system.isBlank()) {
      turns.add(new Message("system", system));
    }
    turns.add(new Message("user", asked));
    turns.add(new Message("assistant", answer));
    return new Example(fields.row().line(), turns, null);
  }

  /** A row seen through the column mapping. */
  record Fields(Row row, Map<String, String> columns) {
    JsonNode get(String field) {
      return row.get(columns.getOrDefault(field, field));
    }

    /** Text that must be there and must not be blank; numbers count as text. */
    String text(String field) {
      JsonNode value = get(field);
      String name = columns.getOrDefault(field, field);
      if (value == null) {
        throw new RowRefused(name, "is missing");
      }
      String text = plain(name, value);
      if (text.isBlank()) {
        throw new RowRefused(name, "is empty");
      }
      return text;
    }

    String optional(String field) {
      JsonNode value = get(field);
      return value == null || value.isNull()
          ? ""
          : plain(columns.getOrDefault(field, field), value);
    }

    static String plain(String name, JsonNode value) {
      if (value.isTextual() || value.isNumber()) {
        return value.asText();
      }
      throw new RowRefused(name, "holds " + Turns.typeOf(value) + ", not text");
    }
  }
}
