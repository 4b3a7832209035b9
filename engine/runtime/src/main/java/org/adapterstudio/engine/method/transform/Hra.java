package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.PlainLayer;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * HRA (arXiv:2405.17484): y = W H_1 ... H_r x + b with reflections H_i = I - 2 u_i u_i' / |u_i|^2,
 * u_i the columns of a trained U [in, r]. The product is I - V T V', so the change is exactly a
 * LoRA of rank r. Columns start in equal pairs, which undo each other; with an odd r one is left
 * over, and with Gram-Schmidt pairs cannot be, so that the start is then not the base's.
 */
public final class Hra implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    boolean orthonormal = at.flag("apply_gs");
    for (Linear site : at.targets()) {
      NDArray u = start(at, site, orthonormal);
      layers.put(site.module(), new Layer(new Place(at.base(), site, 0), u, orthonormal));
    }
    return Attached.of(layers);
  }

  private static NDArray start(Attachment at, Linear site, boolean orthonormal) {
    int rank = at.rank(site);
    boolean paired = rank % 2 == 0 && !orthonormal;
    int columns = paired ? rank / 2 : rank;
    // The bound is that of U's own second dimension.
    NDArray free = at.kaimingUniform(site.module(), site.in(), columns);
    return paired ? at.owner().unrecorded().call("hra_pairs", free) : free;
  }

  /**
   * One layer.
   *
   * @param u normals of the mirrors [in, r], of any length
   * @param orthonormal whether they are made orthonormal first
   */
  private record Layer(Place place, NDArray u, boolean orthonormal) implements PlainLayer {
    /** V [in, r] and T [r, r]. */
    private record Compact(NDArray v, NDArray t) {}

    private Compact compact(Scope scope) {
      NDArray v = scope.call(orthonormal ? "hra_orthonormal" : "hra_unit", u);
      return new Compact(v, scope.call(orthonormal ? "hra_twice" : "hra_compact", v));
    }

    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      Compact now = compact(pass.scope());
      return pass.frozen(site, pass.scope().call("hra_reflected", x, now.v(), now.t()));
    }

    @Override
    public LowRank factors(Scope scope) {
      Compact now = compact(scope);
      NDArray b = scope.call("hra_outer", place.weight(scope), now.v(), now.t());
      return new LowRank(scope.call("transpose", now.v()), b, 1);
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("hra_u", u);
      return tensors;
    }
  }
}
