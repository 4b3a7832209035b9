package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.DenseLayer;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * HiRA (ICLR 2025): dW = W o (B A), entry by entry and without a scale, so that a thin product
 * changes W at its full rank. A starts kaiming-uniform, B zero.
 */
public final class Hira implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    for (Linear site : at.targets()) {
      int rank = at.rank(site);
      NDArray a = at.kaimingUniform(site.module(), rank, site.in());
      layers.put(site.module(), new Layer(Place.of(at, site), a, at.zeros(site.out(), rank)));
    }
    return Attached.of(layers);
  }

  /**
   * One layer.
   *
   * @param a A [r, in]
   * @param b B [out, r]
   */
  private record Layer(Place place, NDArray a, NDArray b) implements DenseLayer {
    @Override
    public NDArray delta(Pass pass) {
      NDArray w = place.weight(pass.scope());
      return pass.scope().call("weight_times_product", w, a, b);
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("hira_A", a);
      tensors.put("hira_B", b);
      return tensors;
    }
  }
}
