package org.adapterstudio.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.TaskCards;
import org.adapterstudio.contract.recipe.Recipe;

/** What a run teaches its base. Reads the base's configuration, so off the UI thread. */
final class RunTask {
  private RunTask() {}

  /** The task's card; nothing where the recipe leaves it to a base that is no longer there. */
  static Optional<MethodCard> of(Recipe recipe) {
    JsonNode config = config(recipe.model().path());
    return TaskCards.of(
        recipe.model().task(),
        config.path("model_type").asText(""),
        config.path("architectures").path(0).asText(""));
  }

  private static JsonNode config(String model) {
    try {
      return model == null ? Json.object() : Json.read(Path.of(model).resolve("config.json"));
    } catch (StudioException e) {
      return Json.object();
    }
  }
}
