package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.OptionalLong;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.FactoredLayer;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * VeRA (arXiv:2310.11454): all layers share one frozen random pair A [r, in], B [out, r], sized for
 * the largest and sliced; each trains two vectors: dW = diag(lb) B diag(ld) A. lb starts at zero,
 * ld at d_initial. There is no alpha. Exactly a plain LoRA of rank r.
 */
public final class Vera implements Method {
  @Override
  public Attached attach(Attachment at) {
    int rank = at.settings().rank();
    var shared = Projections.drawn(at, rank, rank);
    return Attached.each(at, site -> layer(at, site, shared)).with(shared.shared(at, "vera"));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return OptionalLong.of(
        TargetSelection.of(settings, network).stream()
            .mapToLong(site -> settings.rank() + site.out())
            .sum());
  }

  private static TrainedLayer layer(Attachment at, Linear site, Projections shared) {
    int rank = at.settings().rank();
    NDArray a = shared.a(at, rank, site);
    NDArray b = shared.b(at, rank, site);
    float[] start = new float[rank];
    Arrays.fill(start, (float) at.knobs().real("d_initial"));
    NDArray ld = at.owner().floats(start, rank);
    NDArray lb = at.zeros(site.out());
    return new FactoredLayer(at, site, scope -> update(scope, a, b, ld, lb))
        .trains("vera_lambda_b", lb)
        .trains("vera_lambda_d", ld);
  }

  private static LowRank update(Scope scope, NDArray a, NDArray b, NDArray ld, NDArray lb) {
    return new LowRank(scope.call("factor_rows", a, ld), scope.call("factor_rows", b, lb), 1);
  }
}
