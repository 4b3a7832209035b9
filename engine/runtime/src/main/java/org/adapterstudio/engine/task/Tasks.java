package org.adapterstudio.engine.task;

import java.nio.file.Path;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.data.LoadProgress;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.Network;

/** The task of a recipe: the one it names, or what its base was saved for. */
public final class Tasks {
  private static final String KIND = "task";

  private Tasks() {}

  /** Reads and checks the examples of a recipe by its task. */
  public static Lesson lesson(Recipe recipe, LoadProgress progress) {
    Path model = Path.of(recipe.model().path());
    requireSizes(recipe);
    return of(recipe).lesson(recipe, model, progress);
  }

  /** The task of a recipe. */
  public static Task of(Recipe recipe) {
    String key = recipe.model().task();
    if (!key.equals("auto")) {
      return instance(MethodCatalogue.card(KIND, key));
    }
    Network network = Networks.read(Path.of(recipe.model().path()));
    List<MethodCard> cards = MethodCatalogue.cards(KIND);
    return cards.stream()
        .map(Tasks::instance)
        .filter(task -> task.suits(network))
        .findFirst()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    recipe.model().path() + " was saved without a head, so its task is open.",
                    "Set model.task to one of "
                        + String.join(", ", cards.stream().map(MethodCard::key).toList())
                        + "."));
  }

  private static void requireSizes(Recipe recipe) {
    if (recipe.data().maxLength() < 2) {
      throw StudioException.badInput(
          "data.max_length is " + recipe.data().maxLength() + ".", "Set it to 2 or more.");
    }
    int rows = recipe.training().perDeviceTrainBatchSize();
    if (rows < 1) {
      throw StudioException.badInput(
          "training.per_device_train_batch_size is " + rows + ".", "Set it to 1 or more.");
    }
  }

  private static Task instance(MethodCard card) {
    try {
      return (Task) Class.forName(card.implementation()).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Card " + card.key() + " names no usable class", e);
    }
  }
}
