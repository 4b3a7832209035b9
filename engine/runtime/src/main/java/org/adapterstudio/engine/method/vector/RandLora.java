package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.FactoredLayer;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * RandLoRA (arXiv:2502.00987): an update of full rank as a sum of n = ceil(min / r) products of
 * frozen random bases, min and max the layer's smaller and larger side. A [r, 1, min] and B [max,
 * n, r] are shared by all layers and sliced; a layer trains l [r, n], zero at first, and g [n,
 * min], 1 / max at first. dW = s B A' with A' the rows l o A o g, transposed where in is the larger
 * side; s = alpha / r. A larger rank means fewer trained numbers.
 *
 * <p>PEFT flattens A' with rows (rank, base) but B with columns (base, rank), so that files pair
 * them so; as B is random, that only relabels it.
 */
public final class RandLora implements Method {
  /** The shared bases: A [r, 1, min] and B [max, n, r]. */
  private record Bases(NDArray a, NDArray b) {}

  @Override
  public Attached attach(Attachment at) {
    Bases bases = drawn(at);
    var attached = Attached.each(at, site -> layer(at, site, bases));
    return at.flag("save_projection")
        ? attached.with(
            Shared.none()
                .keeps("randlora_A", Kept.of(bases.a()))
                .keeps("randlora_B", Kept.of(bases.b())))
        : attached;
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    int rank = settings.rank();
    return OptionalLong.of(
        TargetSelection.of(settings, network).stream()
            .mapToLong(site -> (long) bases(smaller(site), rank) * (rank + smaller(site)))
            .sum());
  }

  private static int smaller(Linear site) {
    return Math.min(site.in(), site.out());
  }

  private static int larger(Linear site) {
    return Math.max(site.in(), site.out());
  }

  private static int bases(int smaller, int rank) {
    return (smaller + rank - 1) / rank;
  }

  private static Bases drawn(Attachment at) {
    int in = Projections.largest(at, Linear::in);
    int out = Projections.largest(at, Linear::out);
    int rank = at.settings().rank();
    int small = Math.min(in, out);
    Scope owner = at.owner().unrecorded();
    NDArray sizes = owner.sizes(rank, small, Math.max(in, out), bases(small, rank));
    Autograd.seed(at.knobs().whole("projection_prng_key"));
    List<NDArray> bases =
        sparse(at)
            ? owner.callAll("randlora_sparse", List.of(), sizes, owner.scalar(share(at, small)))
            : owner.callAll("randlora_dense", List.of(), sizes);
    return new Bases(bases.get(0), bases.get(1));
  }

  private static boolean sparse(Attachment at) {
    return at.flag("sparse") || at.flag("very_sparse");
  }

  /** q of the probability 1 / (2 q) of each sign. */
  private static double share(Attachment at, int small) {
    return at.flag("very_sparse") ? Math.sqrt(small) : 3;
  }

  private static TrainedLayer layer(Attachment at, Linear site, Bases bases) {
    int rank = at.settings().rank();
    int n = bases(smaller(site), rank);
    float[] start = new float[n * smaller(site)];
    Arrays.fill(start, 1f / Math.max(n, smaller(site)));
    NDArray l = at.zeros(rank, n);
    NDArray g = at.owner().floats(start, n, smaller(site));
    double s = at.alpha(site) / rank;
    return new FactoredLayer(at, site, scope -> update(scope, site, bases, l, g, s))
        .trains("randlora_lambda", l)
        .trains("randlora_gamma", g)
        .keeps("randlora_A", Kept.repeated(bases.a()))
        .keeps("randlora_B", Kept.repeated(bases.b()));
  }

  private static LowRank update(
      Scope scope, Linear site, Bases bases, NDArray l, NDArray g, double s) {
    NDArray size = scope.sizes(larger(site), g.getShape().get(0));
    NDArray small = scope.call("randlora_small", bases.a(), l, g);
    NDArray large = scope.call("randlora_large", bases.b(), size);
    return site.in() <= site.out()
        ? new LowRank(small, large, s)
        : new LowRank(
            scope.call("randlora_transposed", large), scope.call("randlora_transposed", small), s);
  }
}
