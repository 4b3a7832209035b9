package org.adapterstudio.engine.method.lowrank;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.FactoredLayer;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * LoLDU (arXiv:2410.13618): W = P L D U by pivoted LU, U with ones on its diagonal. Of the diagonal
 * D the first r entries are trained as z, all else is frozen: W' = W + s P L_r diag(z - D_r) U_r, z
 * = D_r at first, s = alpha / r. Exactly a plain LoRA of rank r. Unlike singular values D depends
 * on the order of the rows.
 */
public final class Loldu implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> layer(at, site));
  }

  /** P L_r [out, r], D_r [r], U_r [r, in]. */
  private record Parts(NDArray pl, NDArray d, NDArray u) {}

  private static Parts parts(Attachment at, Linear site, int rank) {
    Scope owner = at.owner().unrecorded();
    try (Scope work = Kernels.get().unrecorded()) {
      List<NDArray> all = work.callAll("loldu_parts", List.of(), at.weight(work, site));
      return new Parts(
          owner.call("factor_part", all.get(0), owner.sizes(1, 0, rank)),
          owner.call("factor_part", all.get(1), owner.sizes(0, 0, rank)),
          owner.call("factor_part", all.get(2), owner.sizes(0, 0, rank)));
    }
  }

  private static TrainedLayer layer(Attachment at, Linear site) {
    int rank = at.rank(site);
    double s = at.alpha(site) / rank;
    Parts parts = parts(at, site, rank);
    NDArray z = at.owner().unrecorded().call("copy", parts.d());
    return new FactoredLayer(at, site, scope -> update(scope, parts, z, s))
        .trains("loldu_z", z)
        .keeps("loldu_PL", Kept.of(parts.pl()))
        .keeps("loldu_D", Kept.of(parts.d()))
        .keeps("loldu_U", Kept.of(parts.u()));
  }

  private static LowRank update(Scope scope, Parts parts, NDArray z, double s) {
    NDArray moved = scope.call("subtract", z, parts.d());
    return new LowRank(parts.u(), scope.call("factor_columns", parts.pl(), moved), s);
  }
}
