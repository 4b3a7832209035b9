package org.adapterstudio.app.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.adapterstudio.app.run.Setting;
import org.adapterstudio.contract.recipe.Recipe;

/**
 * One setting of several runs.
 *
 * @param path e.g. training.learning_rate
 * @param values as text, one for each run; empty where a run has none
 */
public record SettingRow(String path, List<String> values) {
  public SettingRow {
    values = List.copyOf(values);
  }

  /** Whether the runs do not all say the same. */
  public boolean differs() {
    return values.stream().distinct().count() > 1;
  }

  /** Every setting that any of the recipes has, in the file's order; their names are left out. */
  public static List<SettingRow> of(List<Recipe> recipes) {
    var byPath = new LinkedHashMap<String, String[]>();
    for (int i = 0; i < recipes.size(); i++) {
      int run = i;
      settings(recipes.get(i))
          .forEach(
              (path, value) ->
                  byPath.computeIfAbsent(path, _ -> empty(recipes.size()))[run] = value);
    }
    var rows = new ArrayList<SettingRow>();
    byPath.forEach((path, values) -> rows.add(new SettingRow(path, List.of(values))));
    return List.copyOf(rows);
  }

  /** A recipe's settings by path; what a person calls the run is none. */
  static Map<String, String> settings(Recipe recipe) {
    var byPath = new LinkedHashMap<String, String>();
    for (Setting setting : Setting.of(recipe)) {
      if (!setting.path().equals("name")) {
        byPath.put(setting.path(), written(setting.value()));
      }
    }
    return byPath;
  }

  /** 1.0E-4 as 1e-4 and 3.0 as 3; anything else as it is. */
  private static String written(String value) {
    if (!value.matches("-?\\d+\\.\\d+(E-?\\d+)?")) {
      return value;
    }
    BigDecimal number = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    boolean small = number.signum() != 0 && Math.abs(number.doubleValue()) < 1e-3;
    return small
        ? String.format(Locale.ROOT, "%." + (number.precision() - 1) + "e", number)
            .replaceFirst("e-0", "e-")
        : number.toPlainString();
  }

  private static String[] empty(int size) {
    String[] values = new String[size];
    java.util.Arrays.fill(values, "");
    return values;
  }
}
