package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Factored;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * PVeRA (arXiv:2512.07703): VeRA whose inner activations are drawn while it trains. The shared A
 * has 2 r rows and ld 2 r entries: the first half gives means, the second log-variances. Out of
 * training the means alone are used, which is VeRA's update, exactly a plain LoRA of rank r.
 */
public final class Pvera implements Method {
  @Override
  public Attached attach(Attachment at) {
    int rank = at.settings().rank();
    var shared = Projections.drawn(at, 2 * rank, rank);
    return Attached.each(at, site -> layer(at, site, shared)).with(shared.shared(at, "pvera"));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return OptionalLong.of(
        TargetSelection.of(settings, network).stream()
            .mapToLong(site -> 2L * settings.rank() + site.out())
            .sum());
  }

  private static TrainedLayer layer(Attachment at, Linear site, Projections shared) {
    int rank = at.settings().rank();
    float[] start = new float[2 * rank];
    Arrays.fill(start, (float) at.knobs().real("d_initial"));
    return new Layer(
        site.module(),
        shared.a(at, 2 * rank, site),
        shared.a(at, rank, site),
        shared.b(at, rank, site),
        at.owner().floats(start, 2 * rank),
        at.zeros(site.out()),
        at.settings().dropout());
  }

  /**
   * One layer.
   *
   * @param a means' and variances' rows of A
   * @param mean means' rows of A
   */
  private record Layer(
      String module, NDArray a, NDArray mean, NDArray b, NDArray ld, NDArray lb, double dropout)
      implements Factored {
    @Override
    public LowRank factors(Scope scope) {
      NDArray d = scope.call("factor_part", ld, scope.sizes(0, 0, ld.size() / 2));
      return new LowRank(scope.call("factor_rows", mean, d), scope.call("factor_rows", b, lb), 1);
    }

    @Override
    public boolean still(Pass pass) {
      return pass.draw().isEmpty();
    }

    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      return still(pass) ? Factored.super.forward(pass, site, x) : sampled(pass, site, x);
    }

    private NDArray sampled(Pass pass, Linear site, NDArray x) {
      Scope scope = pass.scope();
      NDArray y = pass.frozen(site, x);
      Autograd.seed(pass.draw().orElseThrow().seedFor(module, "sample"));
      NDArray in = dropout == 0 ? x : scope.call("update_dropped", x, scope.scalar(dropout));
      return scope.call("update_added", y, scope.call("pvera_sampled", in, a, b, ld, lb));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("pvera_lambda_b", lb);
      tensors.put("pvera_lambda_d", ld);
      return tensors;
    }
  }
}
