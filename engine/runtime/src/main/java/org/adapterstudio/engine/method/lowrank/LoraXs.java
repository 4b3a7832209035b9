package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.FactoredLayer;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Singular;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * LoRA-XS (arXiv:2405.17604): both factors are frozen at the singular vectors of W, cut to r: A =
 * S_r V_r^T, B = U_r. Only R [r, r] between them is trained, from N(0, (1e-5)^2): y = W x + b + s B
 * R A x, s = alpha / r. The first pass is close to the base's, not equal. Exactly a plain LoRA (R
 * A, B).
 */
public final class LoraXs implements Method {
  private static final double DEVIATION = 1e-5;

  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> layer(at, site));
  }

  private static TrainedLayer layer(Attachment at, Linear site) {
    int rank = at.rank(site);
    double s = at.alpha(site) / rank;
    NDArray inner = at.normal(site.module(), "lora_latent_mapping", DEVIATION, rank, rank);
    NDArray a;
    NDArray b;
    try (Scope work = Kernels.get().unrecorded()) {
      Singular top = Singular.of(at, work, site).part(work, 0, rank);
      a = at.owner().adopt(work.call("factor_rows", top.v(), top.s()));
      b = at.owner().adopt(top.u());
    }
    return new FactoredLayer(
            at, site, scope -> new LowRank(scope.call("factor_product", inner, a), b, s))
        .trains("lora_latent_mapping.weight", inner)
        .keeps("lora_A.weight", Kept.of(a))
        .keeps("lora_B.weight", Kept.of(b));
  }
}
