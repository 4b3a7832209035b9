package org.adapterstudio.contract.method;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/** Values of the knobs that some cards declare: what was given, else where the knob stands. */
public final class KnobValues {
  /** Knobs that are fields of a recipe themselves. */
  private static final List<String> OWN_FIELDS = List.of("rank", "alpha", "dropout");

  private final Map<String, Knob> knobs = new LinkedHashMap<>();
  private final Map<String, JsonNode> given;

  private KnobValues(List<MethodCard> cards, Map<String, JsonNode> given) {
    for (MethodCard card : cards) {
      card.knobs().forEach(knob -> knobs.put(knob.key(), knob));
    }
    OWN_FIELDS.forEach(knobs::remove);
    this.given = given;
  }

  /** Checks what was given: an unknown knob or a value that does not fit is named. */
  public static KnobValues of(List<MethodCard> cards, Map<String, JsonNode> given) {
    var values = new KnobValues(cards, given);
    given.forEach(values::check);
    return values;
  }

  private void check(String key, JsonNode value) {
    Knob knob = knobs.get(key);
    if (knob == null) {
      throw StudioException.badInput(
          "adapter.knobs." + key + " is no setting of this method.",
          knobs.isEmpty() ? "It has none." : "Known: " + String.join(", ", knobs.keySet()) + ".");
    }
    knob.problem(value)
        .ifPresent(
            wanted -> {
              throw StudioException.badInput(
                  "adapter.knobs." + key + " is " + value + ".", "Use " + wanted + ".");
            });
  }

  private JsonNode value(String key) {
    Knob knob = knobs.get(key);
    if (knob == null) {
      throw new IllegalArgumentException("No card declares the knob " + key);
    }
    JsonNode value = given.get(key);
    return value == null || value.isNull() ? Json.tree(knob.initial()) : value;
  }

  /** Whether a card declares a knob. */
  public boolean declares(String key) {
    return knobs.containsKey(key);
  }

  /** A switch. */
  public boolean flag(String key) {
    return value(key).asBoolean();
  }

  /** A whole number. */
  public int whole(String key) {
    return value(key).asInt();
  }

  /** A real number. */
  public double real(String key) {
    return value(key).asDouble();
  }

  /** A choice or a text. */
  public String text(String key) {
    return value(key).asText();
  }

  /** A list of names. */
  public List<String> names(String key) {
    var names = new ArrayList<String>();
    value(key).forEach(name -> names.add(name.asText()));
    return names;
  }

  /** A list of whole numbers. */
  public int[] numbers(String key) {
    return names(key).stream().mapToInt(Integer::parseInt).toArray();
  }
}
