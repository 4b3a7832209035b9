package org.adapterstudio.contract.queue;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.StudioException;

/**
 * Every combination of some settings' values.
 *
 * @param runs the settings of each run, as FIELD=VALUE
 */
public record Grid(List<List<String>> runs) {
  /** More runs than this are a mistake of typing. */
  public static final int MOST = 1000;

  /**
   * Combines the values of all fields, the last field's fastest.
   *
   * @param settings FIELD=VALUE,VALUE,...; commas within brackets or quotes belong to a value
   */
  public static Grid of(List<String> settings) {
    List<List<String>> runs = List.of(List.of());
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw StudioException.badInput(
            "--set " + setting + " has no '='.",
            "Write it as --set training.learning_rate=1e-4,2e-4.");
      }
      String field = setting.substring(0, equals);
      var longer = new ArrayList<List<String>>();
      for (List<String> run : runs) {
        for (String value : values(setting.substring(equals + 1))) {
          var one = new ArrayList<>(run);
          one.add(field + "=" + value);
          longer.add(one);
        }
      }
      if (longer.size() > MOST) {
        throw StudioException.badInput(
            "The grid has more than " + MOST + " runs.", "Give fewer values.");
      }
      runs = longer;
    }
    return new Grid(runs);
  }

  /** What makes a run differ, short enough for its name: "lr 1e-4 rank 8" as lr1e-4-rank8. */
  public static String suffix(List<String> settings) {
    return String.join("-", settings.stream().map(Grid::shortened).toList());
  }

  private static String shortened(String setting) {
    String field = setting.substring(0, setting.indexOf('='));
    String last = field.substring(field.lastIndexOf('.') + 1);
    String name = last.equals("learning_rate") ? "lr" : last;
    return name + setting.substring(setting.indexOf('=') + 1).replaceAll("[^A-Za-z0-9._-]+", "");
  }

  private static List<String> values(String text) {
    var values = new ArrayList<String>();
    int depth = 0;
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      depth += quoted ? 0 : c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      if (c == ',' && depth == 0 && !quoted) {
        values.add(text.substring(start, i));
        start = i + 1;
      }
    }
    values.add(text.substring(start));
    return values;
  }
}
