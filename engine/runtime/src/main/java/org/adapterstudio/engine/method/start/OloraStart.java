package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * OLoRA (arXiv:2406.01775): with the thin W = Q R the first r columns of Q become B0 and the first
 * r rows of R become A0; s B0 A0 is taken out of the base. The factors are not divided by s, so for
 * s other than 1 the branch carries s times that part.
 */
public final class OloraStart implements Initializer {
  @Override
  public boolean residual() {
    return true;
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    try (Scope work = Triplets.work()) {
      List<NDArray> parts = work.callAll("start_qr", List.of(), at.weight(work, site));
      Scope owner = at.owner().unrecorded();
      NDArray zero = work.scalar(0);
      NDArray end = work.scalar(rank);
      return new Start(
          owner.call("start_rows", parts.get(1), zero, end),
          owner.call("start_columns", parts.get(0), zero, end),
          true);
    }
  }
}
