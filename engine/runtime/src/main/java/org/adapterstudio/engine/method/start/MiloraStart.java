package org.adapterstudio.engine.method.start;

import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * MiLoRA (arXiv:2406.09044): with W = U D V the r smallest triplets become the adapter, A0 = sqrt(D
 * / s) V, B0 = U sqrt(D / s), and s B0 A0 is taken out of the base. {@code band} may choose others:
 * the largest (as PiSSA), those in the middle, or some at random. Always by a whole decomposition,
 * because subspace iteration finds only the largest.
 */
public final class MiloraStart implements Initializer {
  @Override
  public boolean residual() {
    return true;
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    try (Scope work = Triplets.work()) {
      Triplets all = Triplets.of(work, at.weight(work, site));
      int spare = all.count() - rank;
      return switch (at.knobs().text("band")) {
        case "principal" -> all.from(work, 0, rank).takenOut(at, s);
        case "middle" -> all.from(work, spare / 2, rank).takenOut(at, s);
        case "random" -> atRandom(at, site, all, rank, work).takenOut(at, s);
        default -> all.from(work, spare, rank).takenOut(at, s);
      };
    }
  }

  private static Triplets atRandom(Attachment at, Linear site, Triplets all, int rank, Scope work) {
    long[] which = Chosen.of(all.count(), rank, at.random(site.module() + ".milora"));
    return all.picked(work, which);
  }
}
