package org.adapterstudio.contract.method;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One declared setting of a method: form, command-line help, validation and file are read off it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Knob.Whole.class, name = "whole"),
  @JsonSubTypes.Type(value = Knob.Real.class, name = "real"),
  @JsonSubTypes.Type(value = Knob.Choice.class, name = "choice"),
  @JsonSubTypes.Type(value = Knob.Flag.class, name = "flag"),
  @JsonSubTypes.Type(value = Knob.Names.class, name = "names")
})
public sealed interface Knob {
  /** Field name in a recipe, snake_case. */
  String key();

  /** Label in the window. */
  String label();

  /** One sentence: raise it if ..., lower it if .... */
  String help();

  /** The value where the recipe is silent. */
  Object initial();

  /** What a value must be, where it is not; empty where it fits. */
  Optional<String> problem(JsonNode value);

  private static Optional<String> unless(boolean fits, String wanted) {
    return fits ? Optional.empty() : Optional.of(wanted);
  }

  /** A whole number within bounds, both included. */
  record Whole(
      String key, String label, String unit, long initialValue, long min, long max, String help)
      implements Knob {
    @Override
    public Object initial() {
      return initialValue;
    }

    @Override
    public Optional<String> problem(JsonNode value) {
      boolean fits = value.isIntegralNumber() && value.asLong() >= min && value.asLong() <= max;
      return unless(fits, "a whole number from %d to %d".formatted(min, max));
    }
  }

  /** A real number within bounds, both included. */
  record Real(
      String key,
      String label,
      String unit,
      double initialValue,
      double min,
      double max,
      String help)
      implements Knob {
    @Override
    public Object initial() {
      return initialValue;
    }

    @Override
    public Optional<String> problem(JsonNode value) {
      boolean fits = value.isNumber() && value.asDouble() >= min && value.asDouble() <= max;
      return unless(fits, "a number from %s to %s".formatted(min, max));
    }
  }

  /** One of a few words. */
  record Choice(String key, String label, String initialValue, List<String> options, String help)
      implements Knob {
    @Override
    public Object initial() {
      return initialValue;
    }

    @Override
    public Optional<String> problem(JsonNode value) {
      return unless(options.contains(value.asText()), "one of " + String.join(", ", options));
    }
  }

  /** On or off. */
  record Flag(String key, String label, boolean initialValue, String help) implements Knob {
    @Override
    public Object initial() {
      return initialValue;
    }

    @Override
    public Optional<String> problem(JsonNode value) {
      return unless(value.isBoolean(), "true or false");
    }
  }

  /** A list of names or numbers, each as text. */
  record Names(String key, String label, List<String> initialValue, String help) implements Knob {
    public Names {
      initialValue = initialValue == null ? List.of() : List.copyOf(initialValue);
    }

    @Override
    public Object initial() {
      return initialValue;
    }

    @Override
    public Optional<String> problem(JsonNode value) {
      return unless(value.isArray(), "a list in [ ]");
    }
  }
}
