package org.adapterstudio.contract.run.lineage;

import java.util.ArrayList;
import java.util.List;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Figures;
import org.adapterstudio.contract.run.StoredCheckpoint;
import org.adapterstudio.contract.run.lineage.Continuation.Item;

/** What a checkpoint gives back, thing by thing. */
final class Restored {
  private Restored() {}

  /**
   * Everything of a checkpoint.
   *
   * @param same whether the run's own settings hold on; draws and order are told otherwise
   */
  static List<Item> all(Standing run, StoredCheckpoint from, boolean same) {
    var items = new ArrayList<Item>();
    items.add(weights(from));
    items.add(moments(run.recipe()));
    items.add(step(from));
    if (same) {
      items.add(order(run.recipe(), from));
      items.add(draws(run.recipe()));
    }
    items.add(best(from));
    return items;
  }

  /** A run that begins again. */
  static List<Item> nothing(Standing run) {
    return List.of(
        new Item(
            "Nothing",
            run.step() == 0
                ? "the run has not made a step yet and starts at step 1"
                : "no sound checkpoint is left; the run begins again at step 1"));
  }

  static Item weights(StoredCheckpoint from) {
    return new Item(
        "Adapter weights",
        "as saved behind step %d (%s, %s)"
            .formatted(from.step(), method(from.adapter()), Figures.size(from.bytes())));
  }

  /** The method, with its rank where it has one. */
  static String method(Recipe.Adapter adapter) {
    boolean ranked =
        MethodCatalogue.find("adapter", adapter.method()).stream()
            .flatMap(card -> card.knobs().stream())
            .anyMatch(knob -> knob.key().equals("rank"));
    return ranked ? adapter.method() + " of rank " + adapter.rank() : adapter.method();
  }

  static Item moments(Recipe recipe) {
    return new Item(
        "Optimizer moments",
        "both of every trained number, as %s left them".formatted(recipe.training().optimizer()));
  }

  static Item step(StoredCheckpoint from) {
    return new Item("Step", "%d; the next is %d".formatted(from.step(), from.step() + 1));
  }

  static Item order(Recipe recipe, StoredCheckpoint from) {
    return new Item(
        "Data order",
        "step %d takes the rows it takes in an unbroken run (seed %d)"
            .formatted(from.step() + 1, recipe.training().seed()));
  }

  static Item draws(Recipe recipe) {
    return new Item(
        "Random draws",
        "derived from seed %d and the step, so dropout drops the same"
            .formatted(recipe.training().seed()));
  }

  static Item best(StoredCheckpoint from) {
    return new Item(
        "Best evaluation",
        from.bestEvalLoss() == null
            ? "none yet"
            : "%s at step %d".formatted(Figures.loss(from.bestEvalLoss()), from.bestStep()));
  }
}
