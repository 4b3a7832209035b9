package org.adapterstudio.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;

/**
 * One field of a run's frozen recipe.
 *
 * @param path e.g. {@code training.learning_rate}
 * @param value as text
 * @param initial the value where a recipe is silent; empty where there is none
 * @param differs whether both differ
 */
public record Setting(String path, String value, String initial, boolean differs) {

  /** What every run must name itself. */
  private static final Set<String> WITHOUT_DEFAULT =
      Set.of("name", "model.path", "data.train", "sampling.prompts");

  /** Every field of a recipe, in the file's order. */
  public static List<Setting> of(Recipe recipe) {
    ObjectNode defaults = Json.tree(new Recipe(Recipe.VERSION, null, null, null, null, null, null));
    var settings = new ArrayList<Setting>();
    collect(Json.<ObjectNode>tree(recipe), defaults, "", settings);
    return List.copyOf(settings);
  }

  private static void collect(
      ObjectNode node, JsonNode defaults, String path, List<Setting> settings) {
    node.properties()
        .forEach(
            field -> {
              String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
              JsonNode initial = defaults.path(field.getKey());
              if (field.getValue() instanceof ObjectNode inner && !inner.isEmpty()) {
                collect(inner, initial, at, settings);
              } else if (!at.equals("version")) {
                settings.add(setting(at, field.getValue(), initial));
              }
            });
  }

  private static Setting setting(String path, JsonNode value, JsonNode initial) {
    String text = text(value);
    String before = text(initial);
    return new Setting(path, text, before, !text.equals(before) && !WITHOUT_DEFAULT.contains(path));
  }

  private static String text(JsonNode node) {
    if (node.isContainerNode()) {
      return node.isEmpty() ? "" : node.toString();
    }
    return node.asText();
  }
}
