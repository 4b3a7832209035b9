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
 * MiCA (arXiv:2604.01694): B is the r left singular vectors of W with the smallest singular values,
 * frozen; A starts at zero and is all that is trained: dW = s B A, s = alpha / r.
 */
public final class Mica implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> layer(at, site));
  }

  private static TrainedLayer layer(Attachment at, Linear site) {
    int rank = at.rank(site);
    double s = at.alpha(site) / (at.flag("use_rslora") ? Math.sqrt(rank) : rank);
    NDArray a = at.zeros(rank, site.in());
    NDArray b = minor(at, site, rank);
    return new FactoredLayer(at, site, _ -> new LowRank(a, b, s))
        .trains("lora_A.weight", a)
        .keeps("lora_B.weight", Kept.of(b));
  }

  private static NDArray minor(Attachment at, Linear site, int rank) {
    if (at.start().stored()) {
      return at.zeros(site.out(), rank);
    }
    try (Scope work = Kernels.get().unrecorded()) {
      int n = Math.min(site.in(), site.out());
      return Singular.of(at, work, site).part(at.owner(), n - rank, n).u();
    }
  }
}
