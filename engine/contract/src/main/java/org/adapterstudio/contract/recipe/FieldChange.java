package org.adapterstudio.contract.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.adapterstudio.contract.json.Json;

/**
 * A field in which two recipes are not the same.
 *
 * @param path such as training.learning_rate
 * @param before its value as text; empty where the first has none
 * @param now its value as text; empty where the second has none
 */
public record FieldChange(String path, String before, String now) {
  /** Every field that differs, in the file's order; names and format versions are left out. */
  public static List<FieldChange> between(Recipe before, Recipe now) {
    var changes = new ArrayList<FieldChange>();
    collect(Json.tree(before), Json.tree(now), "", changes);
    return List.copyOf(changes);
  }

  /** Whether a field, or any field of a part such as data, is meant. */
  public boolean of(String part) {
    return path.equals(part) || path.startsWith(part + ".");
  }

  private static void collect(
      JsonNode before, JsonNode now, String path, List<FieldChange> changes) {
    var names = new LinkedHashSet<String>();
    before.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      String at = path.isEmpty() ? name : path + "." + name;
      JsonNode one = before.path(name);
      JsonNode other = now.path(name);
      if (opens(one, other)) {
        collect(one, other, at, changes);
      } else if (!one.equals(other) && !at.equals("name") && !at.equals("version")) {
        changes.add(new FieldChange(at, text(one), text(other)));
      }
    }
  }

  private static boolean opens(JsonNode one, JsonNode other) {
    boolean any = one instanceof ObjectNode || other instanceof ObjectNode;
    return any
        && (one.isObject() || one.isMissingNode())
        && (other.isObject() || other.isMissingNode());
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "" : node.isValueNode() ? node.asText() : node.toString();
  }
}
