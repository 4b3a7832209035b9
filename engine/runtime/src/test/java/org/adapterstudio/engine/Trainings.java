package org.adapterstudio.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.recipe.Recipe;

/** The training part of a recipe with every default but what a test names. */
public final class Trainings {
  private Trainings() {}

  /**
   * Fields by their names in a recipe, e.g. {@code learning_rate}.
   *
   * @param others beside {@code first}, name and value in turn
   */
  public static Recipe.Training with(String first, Object value, Object... others) {
    var fields = new LinkedHashMap<String, Object>(Map.of(first, value));
    for (int i = 0; i < others.length; i += 2) {
      fields.put((String) others[i], others[i + 1]);
    }
    Recipe.Training training = Json.as(Json.tree(fields), Recipe.Training.class);
    var known = Json.tree(training);
    fields
        .keySet()
        .forEach(
            name -> {
              if (!known.has(name)) {
                throw new IllegalArgumentException("A recipe's training has no " + name);
              }
            });
    return training;
  }

  /** A constant rate without warm-up, decay or clipping. */
  public static Recipe.Training constant(double rate) {
    return with(
        "learning_rate",
        rate,
        "lr_scheduler_type",
        "constant",
        "warmup_ratio",
        0.0,
        "weight_decay",
        0.0,
        "max_grad_norm",
        0.0);
  }
}
