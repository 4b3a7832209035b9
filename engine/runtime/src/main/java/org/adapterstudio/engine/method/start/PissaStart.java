package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * PiSSA (arXiv:2404.02948): with W = U D V the r largest triplets become the adapter, A0 = sqrt(D /
 * s) V, B0 = U sqrt(D / s), and s B0 A0 is taken out of the base. With {@code niter} above 0 they
 * are found by that many rounds of subspace iteration instead of a whole decomposition.
 */
public final class PissaStart implements Initializer {
  @Override
  public boolean residual() {
    return true;
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    int rounds = at.knobs().whole("niter");
    try (Scope work = Triplets.work()) {
      NDArray w = at.weight(work, site);
      Triplets top =
          rounds == 0
              ? Triplets.of(work, w).from(work, 0, rank)
              : Triplets.top(work, w, rank, rounds, at.random(site.module() + ".pissa"));
      return top.takenOut(at, s);
    }
  }
}
