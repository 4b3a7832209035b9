package org.adapterstudio.engine.plan;

import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.model.network.Network;

/** What a start state reads of a recipe's rows, and what that holds. */
public final class StartCost {
  private StartCost() {}

  /** The cost; empty where the start reads no rows. */
  public static Optional<Reply.Planned.Calibration> of(
      Recipe recipe, Network network, int microBatchesPerEpoch) {
    Recipe.Adapter settings = recipe.adapter();
    Optional<MethodCard> card =
        MethodCatalogue.find("initializer", settings.initializer())
            .filter(it -> it.can(MethodCard.Capability.NEEDS_CALIBRATION));
    if (card.isEmpty()) {
      return Optional.empty();
    }
    MethodCard method = MethodCatalogue.card("adapter", settings.method());
    int rows =
        KnobValues.of(List.of(method, card.get()), settings.knobs()).whole("calibration_rows");
    int size = recipe.training().perDeviceTrainBatchSize();
    int batches = Math.max(1, Math.min(Math.ceilDiv(rows, size), microBatchesPerEpoch));
    Initializer initializer = Initializer.of(settings);
    long bytes = TargetSelection.of(settings, network).stream().mapToLong(initializer::held).sum();
    return Optional.of(new Reply.Planned.Calibration(batches * size, batches, bytes));
  }
}
