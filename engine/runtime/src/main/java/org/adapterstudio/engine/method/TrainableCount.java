package org.adapterstudio.engine.method;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongBiFunction;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;

/** Counts of trained numbers that need more than a formula over r, in and out. */
public final class TrainableCount {
  private TrainableCount() {}

  /** The sum over the targeted layers of what one trains. */
  public static OptionalLong over(
      Recipe.Adapter settings, Network network, ToLongBiFunction<KnobValues, Linear> one) {
    var card = MethodCatalogue.card("adapter", settings.method());
    var knobs = KnobValues.of(List.of(card), settings.knobs());
    return OptionalLong.of(
        TargetSelection.of(settings, network).stream()
            .mapToLong(site -> one.applyAsLong(knobs, site))
            .sum());
  }
}
