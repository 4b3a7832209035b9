package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.FactoredLayer;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Schedule;
import org.adapterstudio.engine.method.Shared;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * S2-LoRA (arXiv:2309.11756): all layers of one size share trained A [r, in] and B [out, r]; each
 * has a vector e [r] of its own, zero at first: dW = B diag(e) A. After every update e is drawn
 * towards zero by {@code sparsity}, and what would cross zero stays there. Exactly a plain LoRA.
 * Rebuilt from the abstract: A and B start from N(0, 0.02^2) as AdaLoRA's do, one pair for each
 * size of layer.
 */
public final class S2Lora implements Method {
  private static final double DEVIATION = 0.02;

  /** A and B of one size. */
  private record Pair(NDArray a, NDArray b) {}

  @Override
  public Attached attach(Attachment at) {
    var pairs = new LinkedHashMap<String, Pair>();
    for (Linear site : at.targets()) {
      pairs.computeIfAbsent(size(site), size -> pair(at, site, size));
    }
    var shared = Shared.none();
    pairs.forEach(
        (size, pair) ->
            shared.trains("s2lora_A." + size, pair.a()).trains("s2lora_B." + size, pair.b()));
    var shares = new ArrayList<NDArray>();
    return Attached.each(at, site -> layer(at, site, pairs.get(size(site)), shares))
        .with(shared)
        .with(schedule(shares, at.knobs().real("sparsity")));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    List<Linear> sites = TargetSelection.of(settings, network);
    long rank = settings.rank();
    var sizes = new LinkedHashMap<String, Long>();
    sites.forEach(site -> sizes.put(size(site), rank * (site.in() + site.out())));
    long pairs = sizes.values().stream().mapToLong(Long::longValue).sum();
    return OptionalLong.of(pairs + rank * sites.size());
  }

  private static String size(Linear site) {
    return site.out() + "x" + site.in();
  }

  private static Pair pair(Attachment at, Linear site, String size) {
    int rank = at.settings().rank();
    return new Pair(
        at.normal(size, "s2lora_A", DEVIATION, rank, site.in()),
        at.normal(size, "s2lora_B", DEVIATION, site.out(), rank));
  }

  private static TrainedLayer layer(Attachment at, Linear site, Pair pair, List<NDArray> shares) {
    NDArray e = at.zeros(at.settings().rank());
    shares.add(e);
    return new FactoredLayer(
            at, site, scope -> new LowRank(scope.call("factor_rows", pair.a(), e), pair.b(), 1))
        .trains("s2lora_e", e);
  }

  private static Schedule schedule(List<NDArray> shares, double sparsity) {
    return new Schedule() {
      @Override
      public boolean updated(Scope scope, int step, Map<String, NDArray> gradients) {
        for (NDArray e : shares) {
          scope.call("assign", e, scope.call("s2lora_shrunk", e, scope.scalar(sparsity)));
        }
        return false;
      }
    };
  }
}
