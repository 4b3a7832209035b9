package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.FactoredLayer;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Schedule;
import org.adapterstudio.engine.method.Singular;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * KaSA (arXiv:2412.06071): the r smallest singular components of W are dropped, and an update with
 * singular values of its own is learned instead: y = (W - U_d S_d V_d^T) x + b + s B diag(l) A x, s
 * = alpha / r. A kaiming-uniform, B zero, l from N(0, 1). The first pass is that of the cut weight,
 * not the base's. While it trains, beta sum l^2 + gamma (||B^T B - I|| + ||A A^T - I||) is added to
 * the loss, norms not squared. On the whole base it is exactly a plain LoRA of rank 2 r.
 */
public final class Kasa implements Method {
  @Override
  public Attached attach(Attachment at) {
    var penalised = new ArrayList<Factors>();
    return Attached.each(at, site -> layer(at, site, penalised)).with(schedule(at, penalised));
  }

  /** What is trained of one layer. */
  private record Factors(NDArray a, NDArray b, NDArray l) {}

  private static TrainedLayer layer(Attachment at, Linear site, List<Factors> penalised) {
    int rank = at.rank(site);
    int n = Math.min(site.in(), site.out());
    if (rank >= n) {
      throw StudioException.badInput(
          "adapter.rank: KaSA drops %d of the %d singular components of %s and would keep none."
              .formatted(rank, n, site.module()),
          "Use a rank from 1 to " + (n - 1) + ".");
    }
    double s = at.alpha(site) / (at.flag("use_rslora") ? Math.sqrt(rank) : rank);
    NDArray a = at.kaimingUniform(site.module(), rank, site.in());
    NDArray b = at.zeros(site.out(), rank);
    NDArray l = diagonal(at, site, rank);
    penalised.add(new Factors(a, b, l));
    Singular dropped;
    try (Scope work = Kernels.get().unrecorded()) {
      dropped = Singular.of(at, work, site).part(at.owner(), n - rank, n);
    }
    return new FactoredLayer(at, site, scope -> update(scope, a, b, l, dropped, s))
        .trains("lora_A.weight", a)
        .trains("lora_B.weight", b)
        .trains("lora_diag", l);
  }

  private static NDArray diagonal(Attachment at, Linear site, int rank) {
    float[] numbers = new float[rank];
    RandomGenerator random = at.random(site.module() + ".lora_diag");
    for (int i = 0; i < rank; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return at.owner().floats(numbers, rank);
  }

  /** [A; V_d^T] and [B diag(l), -U_d S_d / s]. */
  private static LowRank update(
      Scope scope, NDArray a, NDArray b, NDArray l, Singular dropped, double s) {
    NDArray scaled = scope.call("scale", dropped.u(), scope.scalar(1 / s));
    NDArray gone = scope.call("factor_columns", scaled, dropped.s());
    NDArray own = scope.call("factor_columns", b, l);
    return new LowRank(
        scope.call("stacked_rows", a, dropped.v()), scope.call("beside_negative", own, gone), s);
  }

  private static Schedule schedule(Attachment at, List<Factors> layers) {
    double beta = at.knobs().real("beta");
    double gamma = at.knobs().real("gamma");
    return new Schedule() {
      @Override
      public Optional<NDArray> penalty(Scope scope) {
        return layers.stream()
            .map(
                layer ->
                    scope.call(
                        "kasa_penalty",
                        layer.a(),
                        layer.b(),
                        layer.l(),
                        scope.scalar(beta),
                        scope.scalar(gamma)))
            .reduce((sum, next) -> scope.call("add", sum, next));
      }
    };
  }
}
