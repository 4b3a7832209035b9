package org.adapterstudio.contract.method;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One declared setting of a method: form, command-line help, validation and file are read off it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Knob.Whole.class, name = "whole"),
  @JsonSubTypes.Type(value = Knob.Real.class, name = "real"),
  @JsonSubTypes.Type(value = Knob.Choice.class, name = "choice"),
  @JsonSubTypes.Type(value = Knob.Flag.class, name = "flag")
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

  /** A whole number within bounds, both included. */
  record Whole(
      String key, String label, String unit, long initialValue, long min, long max, String help)
      implements Knob {
    @Override
    public Object initial() {
      return initialValue;
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
  }

  /** One of a few words. */
  record Choice(String key, String label, String initialValue, List<String> options, String help)
      implements Knob {
    @Override
    public Object initial() {
      return initialValue;
    }
  }

  /** On or off. */
  record Flag(String key, String label, boolean initialValue, String help) implements Knob {
    @Override
    public Object initial() {
      return initialValue;
    }
  }
}
