package org.adapterstudio.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.family.ModelFamilies;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.TaskCards;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.model.family.Networks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a form says of a base by its config alone is what the engine does. */
class TaskOfABaseTest {
  static Stream<Path> bases() throws IOException {
    return Stream.concat(folders(Golden.folder("models")), folders(Golden.selfMade("")));
  }

  private static Stream<Path> folders(Path parent) throws IOException {
    try (var files = Files.walk(parent, 2)) {
      return files
          .filter(file -> file.endsWith("config.json"))
          .filter(file -> ModelFamilies.find(config(file).path("model_type").asText()).isPresent())
          .map(Path::getParent)
          .sorted()
          .toList()
          .stream();
    }
  }

  private static JsonNode config(Path file) {
    return Json.read(file);
  }

  @ParameterizedTest
  @MethodSource("bases")
  void theCardsTakeABaseForTheTaskThatTheEngineTakesItFor(Path base) {
    JsonNode config = config(base.resolve("config.json"));
    Optional<String> shown =
        TaskCards.of(
                TaskCards.AUTO,
                config.path("model_type").asText(),
                config.path("architectures").path(0).asText(""))
            .map(MethodCard::implementation);
    assertThat(shown).isEqualTo(taken(base));
  }

  @ParameterizedTest
  @MethodSource("bases")
  void theTaskThatTheEngineTakesABaseForIsAmongThoseItSuits(Path base) {
    String type = config(base.resolve("config.json")).path("model_type").asText();
    List<String> suiting =
        TaskCards.suiting(type).stream().map(MethodCard::implementation).toList();
    assertThat(taken(base)).matches(task -> task.isEmpty() || suiting.contains(task.get()));
  }

  private static Optional<String> taken(Path base) {
    Networks.read(base);
    var recipe =
        new Recipe(Recipe.VERSION, null, Recipe.Model.of(base.toString()), null, null, null, null);
    try {
      return Optional.of(Tasks.of(recipe).getClass().getName());
    } catch (StudioException open) {
      return Optional.empty();
    }
  }
}
