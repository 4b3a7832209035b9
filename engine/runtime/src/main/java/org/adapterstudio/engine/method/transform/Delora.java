package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.ProductLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * DeLoRA (arXiv:2503.18225): dW = B diag(lambda / (r |b_i| |a_i|)) A diag(norms of W's columns).
 * Only the directions of A's rows and B's columns count; the trained lambda bounds how far the
 * layer can move. A starts kaiming-uniform, B zero.
 */
public final class Delora implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> Layer.start(at, site));
  }

  /**
   * One layer.
   *
   * @param bound lambda [1]
   * @param norms of the columns of W [in]
   */
  private record Layer(Place place, NDArray a, NDArray b, NDArray bound, NDArray norms)
      implements ProductLayer {
    static Layer start(Attachment at, Linear site) {
      int rank = at.rank(site);
      var place = Place.of(at, site);
      float[] lambda = {(float) at.knobs().real("lambda")};
      return new Layer(
          place,
          at.kaimingUniform(site.module(), rank, site.in()),
          at.zeros(site.out(), rank),
          at.owner().floats(lambda, 1),
          norms(at, place));
    }

    private static NDArray norms(Attachment at, Place place) {
      try (Scope work = Kernels.get().unrecorded()) {
        return at.owner().adopt(work.call("column_norms", place.weight(work)));
      }
    }

    @Override
    public LowRank factors(Scope scope) {
      NDArray rows = scope.call("delora_rows", a, norms);
      return new LowRank(rows, scope.call("delora_columns", a, b, bound), 1);
    }

    @Override
    public SequencedMap<String, Kept> kept() {
      var kept = new LinkedHashMap<String, Kept>();
      kept.put("delora_w_norm", Kept.derived(norms));
      return kept;
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("delora_A", a);
      tensors.put("delora_B", b);
      tensors.put("delora_lambda", bound);
      return tensors;
    }
  }
}
