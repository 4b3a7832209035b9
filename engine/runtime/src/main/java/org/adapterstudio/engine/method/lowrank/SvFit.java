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
 * SVFit (arXiv:2409.05926): the r largest singular values of W are trained, all singular vectors
 * and the other values stay: y = W x + b + U_r ((sigma - S_r) o (V_r^T x)), sigma = S_r at first.
 * Exactly a plain LoRA of rank r. Rebuilt from the abstract; no code is known.
 */
public final class SvFit implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> layer(at, site));
  }

  private static TrainedLayer layer(Attachment at, Linear site) {
    int rank = at.rank(site);
    Singular top;
    try (Scope work = Kernels.get().unrecorded()) {
      top = Singular.of(at, work, site).part(at.owner(), 0, rank);
    }
    NDArray sigma = at.owner().unrecorded().call("copy", top.s());
    return new FactoredLayer(at, site, scope -> update(scope, top, sigma))
        .trains("svfit_sigma", sigma)
        .keeps("svfit_U", Kept.of(top.u()))
        .keeps("svfit_S", Kept.of(top.s()))
        .keeps("svfit_V", Kept.of(top.v()));
  }

  private static LowRank update(Scope scope, Singular top, NDArray sigma) {
    NDArray moved = scope.call("subtract", sigma, top.s());
    return new LowRank(top.v(), scope.call("factor_columns", top.u(), moved), 1);
  }
}
