package org.adapterstudio.engine.method.block;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.DenseLayer;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * Bone (arXiv:2409.15371), which PEFT keeps as MiSS with the start "bat": W is cut into r x r
 * blocks W_ij, and W'_ij = W_ij + W_ij D_i + D_i with one D_i, zero at first, for each row of
 * blocks. The change depends on W and may have any rank.
 */
public final class Bone implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    for (Linear site : at.targets()) {
      int r = at.rank(site);
      if (site.in() % r != 0 || site.out() % r != 0) {
        throw StudioException.badInput(
            "adapter.rank: %s is %d x %d, which %d x %d blocks do not fill."
                .formatted(site.module(), site.out(), site.in(), r, r),
            "Use a rank that divides both.");
      }
      // Nothing is dropped from a product with the weight itself.
      var place = new Place(at.base(), site, 0);
      layers.put(site.module(), new Layer(place, at.zeros(site.out() / r, r, r)));
    }
    return Attached.of(layers);
  }

  /**
   * One layer.
   *
   * @param d D_i [out / r, r, r]
   */
  private record Layer(Place place, NDArray d) implements DenseLayer {
    @Override
    public NDArray delta(Pass pass) {
      return pass.scope().call("bone_change", place.weight(pass.scope()), d);
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("miss_block", d);
      return tensors;
    }
  }
}
