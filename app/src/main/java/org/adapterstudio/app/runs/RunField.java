package org.adapterstudio.app.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;

/**
 * Something of a run that can be asked for.
 *
 * @param name as it is typed
 * @param text what it says; a list where it says several things; null where it is a number
 * @param whole whether only the whole text counts, not a part of it
 * @param number what it measures; null where it is text
 */
record RunField(
    String name,
    Function<RunRow, List<String>> text,
    boolean whole,
    ToDoubleFunction<RunRow> number) {

  /** Every field that has a name of its own. */
  static final List<RunField> ALL =
      List.of(
          part("name", row -> List.of(row.name(), row.run().name())),
          part("state", row -> row.state() == null ? List.of() : List.of(row.state().words())),
          whole("method", row -> List.of(row.method())),
          whole("tag", row -> row.about().tags()),
          part("base", row -> List.of(row.base())),
          part("data", row -> List.of(row.data())),
          part("note", row -> List.of(row.about().note())),
          part("parent", row -> List.of(row.parent())),
          whole("archived", row -> List.of(row.about().archived() ? "yes" : "no", "all")),
          number("lr", RunRow::learningRate),
          number("rank", row -> row.rank() == 0 ? Double.NaN : row.rank()),
          number("r", row -> row.rank() == 0 ? Double.NaN : row.rank()),
          number("seed", row -> row.known() ? row.recipe().training().seed() : Double.NaN),
          number("step", RunRow::step),
          number("steps", row -> row.total() == 0 ? Double.NaN : row.total()),
          number("loss", RunRow::lastLoss),
          number("eval", RunRow::bestLoss),
          number("score", RunRow::score),
          number("duration", row -> row.started() == 0 ? Double.NaN : row.seconds()));

  /** What a plain word is looked for in. */
  static final List<RunField> ANYWHERE =
      ALL.stream()
          .filter(field -> field.text != null && !field.name.matches("data|note|parent|archived"))
          .toList();

  private static final Pattern TIME = Pattern.compile("([0-9.eE+-]+?)(s|m|min|h|d)");

  private static RunField part(String name, Function<RunRow, List<String>> text) {
    return new RunField(name, text, false, null);
  }

  private static RunField whole(String name, Function<RunRow, List<String>> text) {
    return new RunField(name, text, true, null);
  }

  private static RunField number(String name, ToDoubleFunction<RunRow> number) {
    return new RunField(name, null, false, number);
  }

  /** A field by its name, or a setting by its path, such as training.seed. */
  static RunField named(String name) {
    if (name.contains(".")) {
      return whole(name, row -> setting(row, name));
    }
    return ALL.stream()
        .filter(field -> field.name.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "There is no field \"" + name + "\".",
                    "Fields are "
                        + String.join(", ", ALL.stream().map(RunField::name).toList())
                        + ", and settings by their path, as in training.optimizer:adamw."));
  }

  private static List<String> setting(RunRow row, String path) {
    if (!row.known()) {
      return List.of();
    }
    JsonNode at = Json.<JsonNode>tree(row.recipe()).at("/" + path.replace('.', '/'));
    return at.isMissingNode() || at.isNull()
        ? List.of()
        : List.of(at.isValueNode() ? at.asText() : at.toString());
  }

  /** What an operator and a value ask of this field. */
  Predicate<RunRow> asked(String operator, String value) {
    if (operator.contains("<") || operator.contains(">")) {
      double limit = number(value);
      return row -> compare(operator, measured(row), limit);
    }
    List<String> wanted = Stream.of(value.split(",")).map(String::strip).toList();
    Predicate<RunRow> found = number == null ? said(operator, wanted) : measures(wanted);
    return operator.equals("!=") ? found.negate() : found;
  }

  private Predicate<RunRow> measures(List<String> wanted) {
    double[] numbers = wanted.stream().mapToDouble(this::number).toArray();
    return row -> Arrays.stream(numbers).anyMatch(each -> near(measured(row), each));
  }

  private Predicate<RunRow> said(String operator, List<String> wanted) {
    boolean exact = whole || !operator.equals(":");
    return row -> wanted.stream().anyMatch(each -> exact ? is(row, each) : holds(row, each));
  }

  private double measured(RunRow row) {
    if (number != null) {
      return number.applyAsDouble(row);
    }
    List<String> said = text.apply(row);
    return said.size() == 1 && said.getFirst().matches("[-+0-9.eE]+")
        ? Double.parseDouble(said.getFirst())
        : Double.NaN;
  }

  /** Whether its text holds a word, letters' case aside. */
  boolean holds(RunRow row, String word) {
    String part = word.toLowerCase(Locale.ROOT).replace('_', ' ');
    return text.apply(row).stream()
        .anyMatch(said -> said.toLowerCase(Locale.ROOT).replace('_', ' ').contains(part));
  }

  private boolean is(RunRow row, String value) {
    String pattern = Pattern.quote(value).replace("*", "\\E.*\\Q");
    var exactly = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    List<String> said = text.apply(row);
    return said.stream().anyMatch(each -> exactly.matcher(each).matches())
        || said.size() == 1 && sameNumber(said.getFirst(), value);
  }

  private static boolean sameNumber(String one, String other) {
    try {
      return near(Double.parseDouble(one), Double.parseDouble(other));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean near(double a, double b) {
    return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
  }

  private static boolean compare(String operator, double value, double limit) {
    return switch (operator) {
      case ">" -> value > limit;
      case ">=" -> value >= limit;
      case "<" -> value < limit;
      default -> value <= limit;
    };
  }

  private double number(String value) {
    var time = TIME.matcher(value);
    boolean timed = name.equals("duration") && time.matches();
    try {
      double unit = timed ? seconds(time.group(2)) : value.endsWith("%") ? 0.01 : 1;
      return unit * Double.parseDouble(timed ? time.group(1) : value.replaceFirst("%$", ""));
    } catch (NumberFormatException e) {
      throw StudioException.badInput(
          "\"" + value + "\" is not a number.", "Write it as in " + name + ">1e-4.");
    }
  }

  private static double seconds(String unit) {
    return switch (unit) {
      case "s" -> 1;
      case "h" -> 3600;
      case "d" -> 86_400;
      default -> 60;
    };
  }
}
