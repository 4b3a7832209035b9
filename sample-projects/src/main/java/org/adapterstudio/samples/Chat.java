package org.adapterstudio.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.json.Json;

/** One conversation, and the form in which the sample's base reads it. */
final class Chat {
  static final String PAD = "<pad>";
  static final String BEGIN = "<s>";
  static final String END = "<|end|>";

  /** Marks of their own, in the order of their token numbers. */
  static final List<String> SPECIAL =
      List.of(PAD, BEGIN, END, "<|user|>", "<|assistant|>", "<|system|>");

  /** How a conversation becomes text: the Jinja template of tokenizer_config.json. */
  static final String TEMPLATE =
      "{{ bos_token }}{% for message in messages %}"
          + "{{ '<|' + message['role'] + '|>\\n' + message['content'] + '<|end|>\\n' }}"
          + "{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}";

  private final List<Map<String, String>> messages = new ArrayList<>();

  /** Adds what the person says. */
  Chat user(String content) {
    return turn("user", content);
  }

  /** Adds what the model answers. */
  Chat assistant(String content) {
    return turn("assistant", content);
  }

  private Chat turn(String role, String content) {
    var message = new LinkedHashMap<String, String>();
    message.put("role", role);
    message.put("content", content);
    messages.add(message);
    return this;
  }

  /** The conversation as a line of a {@code messages} file. */
  String line() {
    return Json.line(Map.of("messages", messages));
  }

  /** What is said, in order, without the marks. */
  List<String> contents() {
    return messages.stream().map(message -> message.get("content")).toList();
  }
}
