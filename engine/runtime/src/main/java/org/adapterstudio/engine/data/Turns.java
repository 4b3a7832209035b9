package org.adapterstudio.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.serve.Request.Message;

/** Reads a conversation from a list of turns, whatever the file calls role and content. */
final class Turns {
  private static final Map<String, String> ROLES =
      Map.ofEntries(
          Map.entry("system", "system"),
          Map.entry("developer", "system"),
          Map.entry("user", "user"),
          Map.entry("human", "user"),
          Map.entry("assistant", "assistant"),
          Map.entry("gpt", "assistant"),
          Map.entry("chatgpt", "assistant"),
          Map.entry("model", "assistant"),
          Map.entry("bot", "assistant"));

  private Turns() {}

  static Example read(
      int line, RowFormat.Fields fields, String field, String roleKey, String contentKey) {
    JsonNode list = fields.get(field);
    String name = fields.columns().getOrDefault(field, field);
    if (list == null) {
      throw new RowRefused(name, "is missing");
    }
    if (!list.isArray()) {
      throw new RowRefused(name, "holds " + typeOf(list) + ", not a list of turns");
    }
    List<Message> turns = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      turns.add(turn(list.get(i), name + "[" + i + "]", roleKey, contentKey));
    }
    requireAnswer(turns, name);
    return new Example(line, turns, null);
  }

  private static Message turn(JsonNode turn, String place, String roleKey, String contentKey) {
    if (!turn.isObject()) {
      throw new RowRefused(place, "holds " + typeOf(turn) + ", not a turn");
    }
    String written = turn.path(roleKey).asText("");
    String role = ROLES.get(written);
    if (role == null) {
      throw new RowRefused(
          place + "." + roleKey,
          written.isEmpty() ? "is missing" : "is \"" + written + "\", which is not known");
    }
    JsonNode content = turn.get(contentKey);
    if (content == null || content.isNull()) {
      throw new RowRefused(place + "." + contentKey, "is missing");
    }
    return new Message(role, content(content, place + "." + contentKey));
  }

  /** Text, or a list of parts of which the text parts are joined. */
  private static String content(JsonNode content, String place) {
    if (!content.isArray()) {
      return RowFormat.Fields.plain(place, content);
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      if (!part.path("text").isTextual()) {
        throw new RowRefused(place, "holds a part that is not text");
      }
      text.append(part.path("text").asText());
    }
    return text.toString();
  }

  private static void requireAnswer(List<Message> turns, String name) {
    List<Message> answers = turns.stream().filter(t -> t.role().equals("assistant")).toList();
    if (answers.isEmpty()) {
      throw new RowRefused(name, "has no assistant turn, so there is no answer to learn");
    }
    if (answers.stream().anyMatch(answer -> answer.content().isBlank())) {
      throw new RowRefused(name, "has an assistant turn that is empty");
    }
  }

  /** What a JSON value is, in words. */
  static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case NUMBER -> "a number";
      case STRING -> "text";
      default -> "something else";
    };
  }
}
