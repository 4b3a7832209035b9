package org.adapterstudio.engine.method.start;

import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.method.Schedule;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * SoMA (arXiv:2412.04077): the r smallest singular components as in MiLoRA, but only in blocks from
 * {@code start_block} on; earlier blocks stay frozen, biases are trained, and the weight decay
 * falls along half a cosine. Always by a whole decomposition: the reference's fast path finds the
 * largest components and is not what its paper says.
 */
public final class SomaStart implements Initializer {
  @Override
  public boolean residual() {
    return true;
  }

  @Override
  public Recipe.Adapter settle(Attachment at) {
    int first = at.knobs().whole("start_block");
    List<Integer> layers =
        at.targets().stream()
            .map(Linear::layer)
            .filter(layer -> layer >= first)
            .distinct()
            .sorted()
            .toList();
    if (layers.isEmpty()) {
      throw StudioException.badInput(
          "adapter.knobs.start_block is %d, and no chosen layer lies in such a block."
              .formatted(first),
          "Lower it.");
    }
    return at.settings().within(layers, "all");
  }

  @Override
  public Optional<Schedule> schedule(Attachment at) {
    var decay = new AnnealedDecay(at.knobs().real("decay_first"), at.knobs().real("decay_last"));
    return Optional.of(decay);
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    try (Scope work = Triplets.work()) {
      Triplets all = Triplets.of(work, at.weight(work, site));
      return all.from(work, all.count() - rank, rank).takenOut(at, s);
    }
  }
}
