package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.FactoredLayer;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * UniLoRA (arXiv:2506.00799): all factors of all layers are read from one trained vector theta of
 * length d. Each entry of every A and B is one of its numbers, divided by the root of how often
 * that number is used, so that the map from theta to all entries keeps lengths; each number is used
 * equally often. dW = B A; both factors start away from zero, so the first pass is not the base's.
 *
 * <p>PEFT shuffles the places with NumPy's generator, so a file must hold them (save_indices).
 */
public final class UniLora implements Method {
  @Override
  public Attached attach(Attachment at) {
    int length = at.knobs().whole("theta_d_length");
    RandomGenerator random = at.random("unilora_theta_d." + at.knobs().whole("proj_seed"));
    float[] numbers = new float[length];
    double bound = at.knobs().real("init_theta_d_bound");
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    NDArray theta = at.owner().floats(numbers, length);
    var places = new Places(evenly(count(at), length, random), length);
    return Attached.each(at, site -> layer(at, site, theta, places))
        .with(Shared.none().trains("unilora_theta_d", theta));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return OptionalLong.of(Method.knobs(settings).whole("theta_d_length"));
  }

  private static int count(Attachment at) {
    long count =
        at.targets().stream()
            .mapToLong(site -> (long) at.settings().rank() * (site.in() + site.out()))
            .sum();
    return Math.toIntExact(count);
  }

  /** Every place equally often but for what is left over, in random order. */
  private static float[] evenly(int count, int length, RandomGenerator random) {
    float[] places = new float[count];
    int shift = random.nextInt(length);
    for (int i = 0; i < count; i++) {
      boolean odd = i >= count / length * length;
      places[i] = odd ? (i + shift) % length : i % length;
    }
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      float swapped = places[i];
      places[i] = places[other];
      places[other] = swapped;
    }
    return places;
  }

  /** The places of all entries, handed out one factor after the other. */
  private static final class Places {
    private final float[] all;
    private final float[] scales;
    private int next;

    Places(float[] all, int length) {
      this.all = all;
      int[] uses = new int[length];
      for (float place : all) {
        uses[(int) place]++;
      }
      this.scales = new float[length];
      for (int i = 0; i < length; i++) {
        scales[i] = uses[i] == 0 ? 0 : (float) (1 / Math.sqrt(uses[i]));
      }
    }

    float[] take(int count) {
      next += count;
      return Arrays.copyOfRange(all, next - count, next);
    }

    float[] scales(float[] places) {
      float[] chosen = new float[places.length];
      for (int i = 0; i < places.length; i++) {
        chosen[i] = scales[(int) places[i]];
      }
      return chosen;
    }
  }

  private static TrainedLayer layer(Attachment at, Linear site, NDArray theta, Places places) {
    int rank = at.settings().rank();
    float[] a = places.take(rank * site.in());
    float[] b = places.take(site.out() * rank);
    NDArray whereA = at.owner().floats(a, rank, site.in());
    NDArray whereB = at.owner().floats(b, site.out(), rank);
    NDArray scaleA = at.owner().floats(places.scales(a), rank, site.in());
    NDArray scaleB = at.owner().floats(places.scales(b), site.out(), rank);
    return new FactoredLayer(
            at, site, scope -> update(scope, theta, whereA, scaleA, whereB, scaleB))
        .keeps("unilora_indices_A", new Kept(whereA, "I64", false))
        .keeps("unilora_indices_B", new Kept(whereB, "I64", false))
        .keeps("unilora_scales_A", Kept.of(scaleA))
        .keeps("unilora_scales_B", Kept.of(scaleB));
  }

  private static LowRank update(
      Scope scope, NDArray theta, NDArray whereA, NDArray scaleA, NDArray whereB, NDArray scaleB) {
    return new LowRank(
        scope.call("unilora_factor", theta, whereA, scaleA),
        scope.call("unilora_factor", theta, whereB, scaleB),
        1);
  }
}
