package org.adapterstudio.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.adapterstudio.contract.StudioException;

/**
 * The classes of a data set in the order of their numbers.
 *
 * @param names the name of class 0, 1, ...
 * @param numbers from name to number
 */
public record Labels(List<String> names, Map<String, Integer> numbers) {
  private static final int LISTED = 12;

  public Labels {
    names = List.copyOf(names);
    numbers = Map.copyOf(numbers);
  }

  /** Classes in a given order, for example of a model that has its classes already. */
  public static Labels known(List<String> names) {
    var numbers = new HashMap<String, Integer>();
    for (String name : names) {
      numbers.put(name, numbers.size());
    }
    if (numbers.size() != names.size()) {
      throw StudioException.badInput(
          "Two classes have the same name: " + brief(names) + ".", "Give each its own name.");
    }
    return new Labels(names, numbers);
  }

  /** The classes that rows name: by value where all are whole numbers, else by the alphabet. */
  static Labels of(Collection<String> seen) {
    boolean whole = seen.stream().allMatch(name -> name.matches("0|-?[1-9]\\d{0,8}"));
    Comparator<String> order =
        whole ? Comparator.comparing(Integer::valueOf) : Comparator.naturalOrder();
    var sorted = new TreeSet<>(order);
    sorted.addAll(seen);
    return known(List.copyOf(sorted));
  }

  /** Refuses one class alone, of which nothing can be learnt; {@code place} is where it stands. */
  void requireSeveral(String place) {
    if (names.size() == 1) {
      throw StudioException.badInput(
          place
              + " has only one class, "
              + names.getFirst()
              + ", so there is nothing to tell apart.",
          "Add rows of another class.");
    }
  }

  /** The number of a class; a name that is not among them refuses the row. */
  int number(String name, String field) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new RowRefused(
          field, "is \"" + name + "\", which is none of the classes " + brief(names));
    }
    return number;
  }

  /** A label as it stands in a row: text, a whole number, or true and false. */
  static String read(RowFormat.Fields fields, String field) {
    JsonNode value = fields.get(field);
    if (value != null && value.isBoolean()) {
      return value.asText();
    }
    String text = fields.text(field).strip();
    return value.isNumber() && text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String brief(List<String> names) {
    String listed = String.join(", ", names.subList(0, Math.min(LISTED, names.size())));
    return names.size() > LISTED ? listed + ", ..." : listed;
  }
}
