package org.adapterstudio.contract.run.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.recipe.RecipeFile;
import org.adapterstudio.contract.run.Amendments;
import org.adapterstudio.contract.run.seal.Seal.SealedFile;
import org.adapterstudio.contract.run.seal.SealDifference.Status;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
  @Test
  void theWeightiestDifferenceComesFirstWhateverItsPlaceInTheRecipe() {
    var found =
        compare(
            side("a", "rows", "0.1.0"),
            side(
                "b",
                "other rows",
                "0.2.0",
                "training.seed=9",
                "training.learning_rate=1e-3",
                "adapter.rank=4",
                "training.threads=4",
                "training.eval_steps=7"));
    assertThat(found.differences())
        .extracting(SealDifference::what)
        .containsExactly(
            "data/train",
            "adapter.rank",
            "training.learning_rate",
            "training.seed",
            "training.threads",
            "studio",
            "training.eval_steps");
    assertThat(found.verdict())
        .isEqualTo("They differ in data/train first of all; 5 more below it.");
  }

  @Test
  void filesAreTheSameByContentWhereverTheyLie() {
    var moved = side("b", "rows", "0.1.0", "model.path=/elsewhere", "data.train=/copy.jsonl");
    var found = compare(side("a", "rows", "0.1.0"), moved);
    assertThat(found.differences()).isEmpty();
    assertThat(found.verdict()).startsWith("Nothing that is known differs");
  }

  @Test
  void withoutASealPathsAreAllThatIsKnownAndThatIsSaid() {
    var unsealed = side("b", null, "0.1.0", "data.train=/copy.jsonl");
    var found = compare(side("a", "rows", "0.1.0"), unsealed);
    assertThat(found.differences())
        .extracting(SealDifference::what)
        .containsExactly("data.train", "seal");
    assertThat(found.differences().getLast().status()).isEqualTo(Status.UNSEALED);
  }

  private static RunComparison compare(RunComparison.Side a, RunComparison.Side b) {
    return RunComparison.between(a, b);
  }

  private static RunComparison.Side side(
      String name, String rows, String version, String... settings) {
    Recipe recipe =
        RecipeFile.with(
            new Recipe(
                1, name, Recipe.Model.of("/base"), Recipe.Data.of("/rows.jsonl"), null, null, null),
            List.of(settings),
            Path.of("/"));
    var files = new LinkedHashMap<String, SealedFile>();
    files.put(Ingredients.TRAIN, new SealedFile(recipe.data().train(), 1, rows));
    files.put(Ingredients.BASE + "config.json", new SealedFile("", 1, "base"));
    var facts = new LinkedHashMap<>(Map.of(Environment.STUDIO, version));
    var seal = new Seal(1, name, 0, true, files, facts, null);
    return new RunComparison.Side(
        name,
        recipe,
        Amendments.NONE,
        rows == null ? Optional.empty() : Optional.of(seal),
        Optional.empty(),
        new TreeMap<>(),
        null);
  }
}
