package org.adapterstudio.app.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Figures;

/**
 * A setting that a branch may change, at the run's own value first.
 *
 * @param path of the recipe's field
 * @param initial the run's value as text
 * @param text as written
 */
public record BranchField(String path, String initial, StringProperty text) {
  private static final String RATE = "training.learning_rate";
  private static final List<String> PATHS =
      List.of(
          RATE,
          "training.max_steps",
          "training.lr_scheduler_type",
          "training.seed",
          "training.per_device_train_batch_size",
          "training.gradient_accumulation_steps",
          "adapter.dropout",
          "data.train");

  /**
   * The fields with a run's values.
   *
   * @param total steps of the run in all; 0 where unknown
   */
  static List<BranchField> of(Recipe recipe, int total) {
    JsonNode tree = Json.tree(recipe);
    return PATHS.stream().map(path -> field(path, value(tree, path, total))).toList();
  }

  private static BranchField field(String path, String value) {
    return new BranchField(path, value, new SimpleStringProperty(value));
  }

  private static String value(JsonNode tree, String path, int total) {
    JsonNode node = tree.at("/" + path.replace('.', '/'));
    if (path.equals(RATE)) {
      return Figures.rate(node.asDouble());
    }
    return path.endsWith("max_steps") && total > 0 ? String.valueOf(total) : node.asText();
  }

  /** Whether the person wrote another value. */
  boolean changed() {
    return !text.get().isBlank() && !text.get().strip().equals(initial);
  }

  /** As a setting of the command line. */
  String setting() {
    return path + "=" + text.get().strip();
  }
}
