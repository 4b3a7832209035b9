package org.adapterstudio.app.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.adapterstudio.app.ui.Messages;
import org.adapterstudio.contract.method.Knob;

/** One setting of a recipe as a person edits it: text in, checked value out. */
public final class FormField {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private final String path;
  private final Knob knob;
  private final StringProperty text = new SimpleStringProperty();
  private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
  private final BooleanProperty shown = new SimpleBooleanProperty(true);
  private final ObservableList<String> offered = FXCollections.observableArrayList();
  private JsonNode value;

  /**
   * A field at its default.
   *
   * @param path in a recipe, e.g. {@code training.max_steps}
   * @param knob label, bounds and help
   * @param onChange hears every valid new value
   */
  FormField(String path, Knob knob, Runnable onChange) {
    this.path = path;
    this.knob = knob;
    if (knob instanceof Knob.Choice choice) {
      offered.setAll(choice.options());
    }
    text.set(initialText());
    check(text.get());
    text.addListener(
        (_, _, now) -> {
          JsonNode before = value;
          check(now);
          if (error.get().isEmpty() ? !value.equals(before) : before != null) {
            onChange.run();
          }
        });
  }

  private void check(String now) {
    try {
      value = parsed(now.strip());
      error.set("");
    } catch (IllegalArgumentException e) {
      value = null;
      error.set(e.getMessage());
    }
    changed.set(value == null || !written(value).equals(initialText()));
  }

  private JsonNode parsed(String now) {
    return switch (knob) {
      case Knob.Whole whole -> JSON.numberNode(whole(now, whole));
      case Knob.Real real -> JSON.numberNode(real(now, real));
      case Knob.Choice choice -> JSON.textNode(option(now, choice));
      case Knob.Flag _ -> JSON.booleanNode(now.equals("true"));
      case Knob.Names _ -> names(now);
    };
  }

  private static long whole(String now, Knob.Whole knob) {
    try {
      long number = Long.parseLong(now.replaceAll("[\\s\u202f\u2009]", ""));
      if (number >= knob.min() && number <= knob.max()) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, with the range
    }
    throw new IllegalArgumentException(
        Messages.text("train.error.whole", knob.label(), knob.min(), knob.max()));
  }

  private static double real(String now, Knob.Real knob) {
    try {
      double number = Double.parseDouble(now.replace(',', '.'));
      if (number >= knob.min() && number <= knob.max()) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, with the range
    }
    throw new IllegalArgumentException(
        Messages.text("train.error.real", knob.label(), plain(knob.min()), plain(knob.max())));
  }

  /** Words between commas. */
  private static JsonNode names(String now) {
    var names = JSON.arrayNode();
    Stream.of(now.split(",")).map(String::strip).filter(it -> !it.isEmpty()).forEach(names::add);
    return names;
  }

  private static String option(String now, Knob.Choice knob) {
    if (knob.options().contains(now)) {
      return now;
    }
    throw new IllegalArgumentException(
        Messages.text("train.error.choice", knob.label(), String.join(", ", knob.options())));
  }

  /** The range in words; empty for choices and flags. */
  public String range() {
    return switch (knob) {
      case Knob.Whole whole -> Messages.text("train.range", whole.min(), whole.max());
      case Knob.Real real -> Messages.text("train.range", plain(real.min()), plain(real.max()));
      default -> "";
    };
  }

  private String initialText() {
    return switch (knob) {
      case Knob.Whole whole -> Long.toString(whole.initialValue());
      case Knob.Real real -> number(real.initialValue());
      case Knob.Choice choice -> choice.initialValue();
      case Knob.Flag flag -> Boolean.toString(flag.initialValue());
      case Knob.Names names -> String.join(", ", names.initialValue());
    };
  }

  private String written(JsonNode node) {
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .map(JsonNode::asText)
          .collect(Collectors.joining(", "));
    }
    return node.isFloatingPointNumber() || knob instanceof Knob.Real
        ? number(node.doubleValue())
        : node.asText();
  }

  private String number(double number) {
    return path.endsWith("learning_rate") ? rate(number) : plain(number);
  }

  /** 2.00e-4; more digits only where they are needed. */
  static String rate(double number) {
    String text = String.format(Locale.ROOT, "%.2e", number);
    return Double.parseDouble(text) == number
        ? text.replaceAll("e([+-])0*(\\d)", "e$1$2")
        : Double.toString(number).toLowerCase(Locale.ROOT);
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e9
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** Takes a recipe's value; a missing one is the default. */
  void set(JsonNode node) {
    boolean missing = node == null || node.isMissingNode() || node.isNull();
    text.set(missing ? initialText() : written(node));
  }

  /** Goes back to the default. */
  public void reset() {
    text.set(initialText());
  }

  /** The value; null while the text is no valid one. */
  public JsonNode value() {
    return value;
  }

  /** Where the value stands in a recipe. */
  public String path() {
    return path;
  }

  /** Label, bounds and help. */
  public Knob knob() {
    return knob;
  }

  /** What the person wrote or chose; "true" and "false" for flags. */
  public StringProperty textProperty() {
    return text;
  }

  /** What is wrong with it; empty where nothing is. */
  public ReadOnlyStringProperty errorProperty() {
    return error.getReadOnlyProperty();
  }

  /** Whether it differs from the default. */
  public ReadOnlyBooleanProperty changedProperty() {
    return changed.getReadOnlyProperty();
  }

  /** Whether it means anything for the task; what does not is not written into a recipe. */
  public BooleanProperty shownProperty() {
    return shown;
  }

  /** Whether a recipe of this form differs from the defaults by it. */
  boolean differs() {
    return shown.get() && changed.get();
  }

  /** Options that make sense now; those of the knob are what a recipe may hold. */
  public ObservableList<String> offered() {
    return offered;
  }

  /** Offers these options; what is chosen stays, even where it is none of them. */
  void offer(List<String> options) {
    if (!offered.equals(options)) {
      offered.setAll(options);
    }
  }
}
