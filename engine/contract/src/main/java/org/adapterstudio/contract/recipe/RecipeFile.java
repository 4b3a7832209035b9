package org.adapterstudio.contract.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.AtomicFile;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;

/** Reads and writes recipes: aliases, unknown fields named, relative paths resolved at the file. */
public final class RecipeFile {
  private static final Map<String, String> ALIASES =
      Map.of(
          "r", "rank",
          "dim", "rank",
          "lora_rank", "rank",
          "lora_alpha", "alpha",
          "lora_dropout", "dropout");

  private RecipeFile() {}

  /** Reads a recipe; its relative paths start at the file's own folder. */
  public static Recipe read(Path file) {
    return read(file, List.of());
  }

  /**
   * Reads a recipe and overrides single fields.
   *
   * @param settings {@code path=value} pairs such as {@code training.max_steps=60}
   */
  public static Recipe read(Path file, List<String> settings) {
    JsonNode tree = Json.read(file);
    if (!(tree instanceof ObjectNode root)) {
      throw StudioException.badInput(
          file + " holds no JSON object.", "A recipe starts with { and names model and data.");
    }
    settings.forEach(setting -> set(root, setting));
    Path folder = file.toAbsolutePath().normalize().getParent();
    return resolve(parse(root, file.toString()), folder);
  }

  /**
   * A recipe with single fields overridden.
   *
   * @param settings {@code path=value} pairs such as {@code training.max_steps=60}
   * @param folder where relative paths start
   */
  public static Recipe with(Recipe recipe, List<String> settings, Path folder) {
    ObjectNode root = Json.tree(recipe);
    settings.forEach(setting -> set(root, setting));
    return resolve(parse(root, "the changed recipe"), folder);
  }

  /** Turns a tree into a recipe; every unknown or ill-typed field is named in one failure. */
  public static Recipe parse(ObjectNode root, String from) {
    int version = root.path("version").asInt(Recipe.VERSION);
    if (version > Recipe.VERSION) {
      throw StudioException.badInput(
          from + " has version " + version + "; this studio reads up to " + Recipe.VERSION + ".",
          "Update Adapter Studio.");
    }
    root.put("version", Recipe.VERSION);
    if (root.get("adapter") instanceof ObjectNode adapter) {
      ALIASES.forEach((alias, name) -> rename(adapter, alias, name));
    }
    var problems = new ArrayList<Problem>();
    check(root, Recipe.class, "", problems);
    if (!problems.isEmpty()) {
      throw StudioException.badInput(
          from + ": " + String.join("; ", problems.stream().map(Problem::toString).toList()) + ".",
          "Correct the recipe and try again.");
    }
    fillFromCard(root);
    return Json.as(root, Recipe.class);
  }

  /** A method's card may want more than its own settings, such as a quantized base. */
  private static void fillFromCard(ObjectNode root) {
    String method = root.path("adapter").path("method").asText("");
    MethodCatalogue.find("adapter", method)
        .map(MethodCard::recipe)
        .orElse(Map.of())
        .entrySet()
        .stream()
        .filter(entry -> root.at("/" + entry.getKey().replace('.', '/')).isMissingNode())
        .forEach(entry -> set(root, entry.getKey(), entry.getValue()));
  }

  /** Writes the whole recipe, defaults included, or nothing. */
  public static void write(Path file, Recipe recipe) {
    AtomicFile.write(file, Json.pretty(recipe));
  }

  private static void rename(ObjectNode node, String alias, String name) {
    if (node.has(alias) && !node.has(name)) {
      node.set(name, node.remove(alias));
    }
  }

  private static void set(ObjectNode root, String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw StudioException.badInput(
          "--set " + setting + " has no '='.", "Write it as --set training.max_steps=60.");
    }
    set(root, setting.substring(0, equals), value(setting.substring(equals + 1)));
  }

  private static void set(ObjectNode root, String field, JsonNode value) {
    String[] path = field.split("\\.");
    ObjectNode node = root;
    for (int i = 0; i < path.length - 1; i++) {
      node = node.withObjectProperty(path[i]);
    }
    node.set(path[path.length - 1], value);
  }

  private static JsonNode value(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return Json.mapper().getNodeFactory().textNode(text);
    }
  }

  private static void check(ObjectNode node, Class<?> type, String path, List<Problem> problems) {
    var known = Arrays.asList(type.getRecordComponents());
    node.properties()
        .forEach(
            field -> {
              String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
              known.stream()
                  .filter(component -> jsonName(component).equals(field.getKey()))
                  .findFirst()
                  .ifPresentOrElse(
                      component -> checkValue(field.getValue(), component, at, problems),
                      () -> problems.add(unknown(at, field.getKey(), known)));
            });
  }

  private static void checkValue(
      JsonNode value, RecordComponent component, String at, List<Problem> problems) {
    Class<?> type = component.getType();
    if (value.isNull() || type == JsonNode.class) {
      return;
    }
    if (type.isRecord()) {
      if (value instanceof ObjectNode inner) {
        check(inner, type, at, problems);
      } else {
        problems.add(new Problem(at, "must be an object in braces"));
      }
      return;
    }
    String wanted = mismatch(value, component.getGenericType());
    if (wanted != null) {
      problems.add(new Problem(at, "is " + value + " but must be " + wanted));
    }
  }

  private static String mismatch(JsonNode value, Type generic) {
    Class<?> type = (Class<?>) (generic instanceof ParameterizedType p ? p.getRawType() : generic);
    if (type == String.class) {
      return value.isTextual() ? null : "text in quotes";
    }
    if (type == Boolean.class || type == boolean.class) {
      return value.isBoolean() ? null : "true or false";
    }
    if (type == Integer.class || type == Long.class || type == int.class) {
      return value.isIntegralNumber() ? null : "a whole number";
    }
    if (type == Double.class) {
      return value.isNumber() ? null : "a number";
    }
    if (type == List.class) {
      return value.isArray() ? null : "a list in [ ]";
    }
    return value.isObject() ? null : "an object in braces";
  }

  private static Problem unknown(String at, String name, List<RecordComponent> known) {
    String closest =
        known.stream()
            .map(RecipeFile::jsonName)
            .min((a, b) -> Integer.compare(distance(a, name), distance(b, name)))
            .orElse("");
    String hint = distance(closest, name) <= 4 ? " (perhaps " + closest + " is meant)" : "";
    return new Problem(at, "is not a field of a recipe" + hint);
  }

  static String jsonName(RecordComponent component) {
    return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName());
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }

  private static Recipe resolve(Recipe recipe, Path folder) {
    var model = recipe.model();
    var data = recipe.data();
    return new Recipe(
        recipe.version(),
        recipe.name(),
        new Recipe.Model(
            absolute(model.path(), folder), model.dtype(), model.quantization(), model.task()),
        new Recipe.Data(
            absolute(data.train(), folder),
            absolute(data.eval(), folder),
            data.evalFraction(),
            data.format(),
            data.columns(),
            data.chatTemplate(),
            data.maxLength(),
            data.packing(),
            data.skipBadRows()),
        recipe.adapter(),
        recipe.training(),
        recipe.sampling());
  }

  private static String absolute(String path, Path folder) {
    return path == null ? null : folder.resolve(path).normalize().toString();
  }
}
