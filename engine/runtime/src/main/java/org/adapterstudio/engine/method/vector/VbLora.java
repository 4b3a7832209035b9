package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.FactoredLayer;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * VB-LoRA (arXiv:2405.15179): all layers build A and B from one trained bank of vectors. Every
 * stretch of vector_length entries of a row of A (a column of B) is a mix of the topk vectors that
 * its trained logits rate highest, weighted by their softmax. Scale 1; both factors start away from
 * zero, so the first pass is not the base's.
 */
public final class VbLora implements Method {
  @Override
  public Attached attach(Attachment at) {
    KnobValues knobs = at.knobs();
    int length = knobs.whole("vector_length");
    at.targets().forEach(site -> check(site, length));
    float[] numbers = new float[knobs.whole("num_vectors") * length];
    RandomGenerator random = at.random("vblora_vector_bank");
    double bound = knobs.real("init_vector_bank_bound");
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    NDArray bank = at.owner().floats(numbers, knobs.whole("num_vectors"), length);
    return Attached.each(at, site -> layer(at, site, bank))
        .with(Shared.none().trains("vblora_vector_bank", bank));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    KnobValues knobs = Method.knobs(settings);
    long vectors = knobs.whole("num_vectors");
    int length = knobs.whole("vector_length");
    return OptionalLong.of(
        vectors * length
            + TargetSelection.of(settings, network).stream()
                .mapToLong(site -> settings.rank() * vectors * (site.in() + site.out()) / length)
                .sum());
  }

  private static void check(Linear site, int length) {
    if (site.in() % length != 0 || site.out() % length != 0) {
      throw StudioException.badInput(
          "adapter.knobs.vector_length: %d does not divide the layer %s of %d x %d."
              .formatted(length, site.module(), site.out(), site.in()),
          "Use a common divisor of the layers' sizes.");
    }
  }

  private static TrainedLayer layer(Attachment at, Linear site, NDArray bank) {
    KnobValues knobs = at.knobs();
    int length = knobs.whole("vector_length");
    int rank = at.settings().rank();
    int topk = knobs.whole("topk");
    NDArray a = logits(at, site.module() + ".vblora_logits_A", rank, site.in() / length);
    NDArray b = logits(at, site.module() + ".vblora_logits_B", site.out() / length, rank);
    return new FactoredLayer(at, site, scope -> update(scope, a, b, bank, topk))
        .trains("vblora_logits_A", a)
        .trains("vblora_logits_B", b);
  }

  private static NDArray logits(Attachment at, String stream, int rows, int columns) {
    int vectors = at.knobs().whole("num_vectors");
    double deviation = at.knobs().real("init_logits_std");
    RandomGenerator random = at.random(stream);
    float[] numbers = new float[rows * columns * vectors];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (deviation * random.nextGaussian());
    }
    return at.owner().floats(numbers, rows, columns, vectors);
  }

  private static LowRank update(Scope scope, NDArray a, NDArray b, NDArray bank, int topk) {
    NDArray k = scope.scalar(topk);
    return new LowRank(scope.call("vblora_a", a, bank, k), scope.call("vblora_b", b, bank, k), 1);
  }
}
