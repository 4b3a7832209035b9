package org.adapterstudio.app.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
        byPath.put(setting.path(), setting.value());
      }
    }
    return byPath;
  }

  private static String[] empty(int size) {
    String[] values = new String[size];
    java.util.Arrays.fill(values, "");
    return values;
  }
}
