package org.adapterstudio.contract.method;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How Hugging Face PEFT writes a method's settings in {@code adapter_config.json}. Fields are paths
 * with dots, such as {@code eva_config.rho}.
 *
 * @param type {@code peft_type}
 * @param rank field of the rank; null where the method has none
 * @param alpha field of alpha; null where the method has none
 * @param dropout field of the dropout; null where the method has none
 * @param knobs knob to field; {@code field=word_{}} is a field whose text holds the knob where it
 *     is not at its initial value
 * @param when what else a config must hold to be this method's: field to its value, a text being an
 *     expression over the whole value. Where several cards fit, the one that asks for most is meant
 * @param writes further fields that PEFT writes, with the one value this method knows
 * @param lacks fields of most methods that this type of PEFT's does not have
 * @param survivors name of the tensor under which {@code rank_pattern} lists, for each layer, which
 *     of its ranks survived; null where it holds ranks
 */
public record PeftForm(
    String type,
    String rank,
    String alpha,
    String dropout,
    Map<String, String> knobs,
    Map<String, JsonNode> when,
    Map<String, JsonNode> writes,
    Set<String> lacks,
    String survivors) {
  public PeftForm {
    knobs = ordered(knobs);
    when = ordered(when);
    writes = ordered(writes);
    lacks = lacks == null ? Set.of() : Set.copyOf(lacks);
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Whether a config is of this form. */
  public boolean fits(JsonNode config) {
    return config.path("peft_type").asText().equals(type)
        && when.entrySet().stream().allMatch(asked -> holds(asked, at(config, asked.getKey())));
  }

  private static boolean holds(Map.Entry<String, JsonNode> asked, JsonNode value) {
    return asked.getValue().isTextual()
        ? Pattern.matches(
            asked.getValue().asText(), value.isContainerNode() ? value.toString() : value.asText())
        : asked.getValue().equals(value);
  }

  /** The value of a field; missing where there is none. */
  public static JsonNode at(JsonNode config, String field) {
    return config.at("/" + field.replace('.', '/'));
  }

  /** Whether a knob is a part of its field's text. */
  public static boolean inText(String path) {
    return path.indexOf('=') > 0;
  }

  /** The text of a field that holds a knob. */
  public static JsonNode text(String path, JsonNode value) {
    String form = path.substring(path.indexOf('=') + 1);
    return TextNode.valueOf(form.replace("{}", value.asText()));
  }

  /** A knob's value in a config; missing where it holds none. */
  public static JsonNode knob(JsonNode config, String path) {
    if (!inText(path)) {
      return at(config, path);
    }
    String[] sides = path.split("=", 2);
    String before = sides[1].substring(0, sides[1].indexOf("{}"));
    String text = at(config, sides[0]).asText();
    if (!text.startsWith(before)) {
      return MissingNode.getInstance();
    }
    String value = text.substring(before.length());
    return value.matches("\\d{1,9}")
        ? IntNode.valueOf(Integer.parseInt(value))
        : TextNode.valueOf(value);
  }
}
