package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.ProductLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * A layer with dW = s B N A, N [r, r] between LoRA's factors (arXiv:2502.14482).
 *
 * @param core N, A and B as they are now
 * @param first what they were at first, where that is taken out of the base
 * @param coreOnly whether N alone is trained
 */
record MiddleMatrix(Place place, Three core, Optional<Three> first, boolean coreOnly, double s)
    implements ProductLayer {
  /** A [r, in], N [r, r], B [out, r]. */
  record Three(NDArray a, NDArray n, NDArray b) {
    NDArray rows(Scope scope) {
      return scope.call("matrix_product", n, a);
    }

    private Three copy(Scope owner) {
      return new Three(owner.call("copy", a), owner.call("copy", n), owner.call("copy", b));
    }
  }

  /** A and N kaiming-uniform, B zero. */
  static MiddleMatrix random(Attachment at, Linear site) {
    int r = at.rank(site);
    var core =
        new Three(
            at.kaimingUniform(site.module(), r, site.in()),
            at.kaimingUniform(site.module() + ".N", r, r),
            at.zeros(site.out(), r));
    return new MiddleMatrix(Place.of(at, site), core, Optional.empty(), false, at.alpha(site) / r);
  }

  /**
   * The first rows of W as A, its first columns as B. As released N is the corner they share and
   * the base stays whole; exact, N is the corner's pseudo-inverse, s B N A is Nystrom's
   * approximation of W, and it is taken out of the base.
   */
  static MiddleMatrix slices(Attachment at, Linear site, boolean coreOnly) {
    int r = at.rank(site);
    double s = at.alpha(site) / r;
    boolean exact = at.knobs().text("start").equals("exact");
    var place = Place.of(at, site);
    Scope owner = at.owner().unrecorded();
    Three core = sliced(owner, place, r, exact);
    var first = exact ? Optional.of(core.copy(owner)) : Optional.<Three>empty();
    return new MiddleMatrix(place, core, first, coreOnly, s);
  }

  private static Three sliced(Scope owner, Place place, int r, boolean exact) {
    Linear site = place.site();
    try (Scope work = Kernels.get().unrecorded()) {
      NDArray w = place.weight(work);
      NDArray corner = cut(work, w, r, r);
      return new Three(
          owner.adopt(cut(work, w, r, site.in())),
          owner.adopt(exact ? work.call("pseudo_inverse", corner) : corner),
          owner.adopt(cut(work, w, site.out(), r)));
    }
  }

  private static NDArray cut(Scope scope, NDArray w, int rows, int columns) {
    return scope.call("corner", w, scope.sizes(rows), scope.sizes(columns));
  }

  @Override
  public LowRank factors(Scope scope) {
    NDArray rows = core.rows(scope);
    if (first.isEmpty()) {
      return new LowRank(rows, core.b(), s);
    }
    return since(scope, rows, first.get());
  }

  /** B N A - B0 N0 A0 as (B - B0) N A + B0 (N A - N0 A0), which is zero at the start to the bit. */
  private LowRank since(Scope scope, NDArray rows, Three start) {
    NDArray moved = scope.call("subtract", rows, start.rows(scope));
    NDArray columns = scope.call("subtract", core.b(), start.b());
    return new LowRank(
        scope.call("stacked_rows", rows, moved),
        scope.call("columns_beside", columns, start.b()),
        s);
  }

  @Override
  public SequencedMap<String, NDArray> tensors() {
    var tensors = new LinkedHashMap<String, NDArray>();
    if (!coreOnly) {
      tensors.put("lora_A.weight", core.a());
      tensors.put("lora_B.weight", core.b());
    }
    tensors.put("lora_N.weight", core.n());
    return tensors;
  }

  @Override
  public SequencedMap<String, Kept> kept() {
    var kept = new LinkedHashMap<String, Kept>();
    if (coreOnly) {
      kept.put("lora_A.weight", Kept.derived(core.a()));
      kept.put("lora_B.weight", Kept.derived(core.b()));
    }
    first.ifPresent(start -> kept.put("lora_N0.weight", Kept.derived(start.n())));
    first
        .filter(_ -> !coreOnly)
        .ifPresent(
            start -> {
              kept.put("lora_A0.weight", Kept.derived(start.a()));
              kept.put("lora_B0.weight", Kept.derived(start.b()));
            });
    return kept;
  }
}
