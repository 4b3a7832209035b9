package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * BEFT (arXiv:2509.15974): y = W x + b + e with a trained vector e, zero at first; the paper trains
 * it at the value projections. Layers need no bias of their own to be trained, only to be merged.
 */
public final class Beft implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    for (Linear site : at.targets()) {
      var place = new Place(at.base(), site, 0);
      layers.put(site.module(), new Layer(place, at.zeros(1, site.out())));
    }
    return Attached.of(layers);
  }

  /**
   * One layer.
   *
   * @param e added to the output [1, out]
   */
  private record Layer(Place place, NDArray e) implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      return pass.scope().call("added_bias", pass.frozen(site, x), e);
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      return Optional.of(pass.scope().zeros(place.site().out(), place.site().in()));
    }

    @Override
    public Optional<NDArray> biasChange(Pass pass) {
      return Optional.of(pass.scope().call("flat", e));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("beft_bias", e);
      return tensors;
    }
  }
}
