package org.adapterstudio.engine.method.start;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * Both factors away from zero with a product that is zero: the first half of an orthogonal Q [r, r]
 * spans the rows that A reads, the other half those of B. A = Q1^T X / 10, B = Y Q2 / 10 with X and
 * Y normal, so that B A = Y Q2 Q1^T X / 100 = 0. PEFT calls it "orthogonal". The rank must be even.
 */
public final class OrthogonalStart implements Initializer {
  private static final double SHRINK = 0.1;

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    if (rank % 2 != 0) {
      throw StudioException.badInput(
          "adapter.initializer \"orthogonal\" halves the rank, and %s has rank %d."
              .formatted(site.module(), rank),
          "Use an even rank.");
    }
    int half = rank / 2;
    NDArray square = at.normal(site.module(), "orthogonal.q", 1, rank, rank);
    NDArray x = at.normal(site.module(), "orthogonal.a", 1, half, site.in());
    NDArray y = at.normal(site.module(), "orthogonal.b", 1, site.out(), half);
    try (Scope work = Triplets.work()) {
      NDArray q = work.callAll("start_qr", List.of(), square).getFirst();
      NDArray first = work.call("start_rows", q, work.scalar(0), work.scalar(half));
      NDArray second = work.call("start_rows", q, work.scalar(half), work.scalar(rank));
      Scope owner = at.owner().unrecorded();
      NDArray shrink = work.scalar(SHRINK);
      NDArray a = owner.call("start_product", work.call("transpose", first), x, shrink);
      NDArray b = owner.call("start_product", y, second, shrink);
      return new Start(a, b, false);
    } finally {
      List.of(square, x, y).forEach(NDArray::close);
    }
  }
}
