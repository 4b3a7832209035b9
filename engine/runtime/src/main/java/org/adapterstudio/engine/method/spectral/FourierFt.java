package org.adapterstudio.engine.method.spectral;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.DenseLayer;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * FourierFT (arXiv:2405.03003): dW = s Re(ifft2(F)), where F [out, in] is zero but for n trained
 * numbers at places that a seed draws; layers of one shape share them. ifft2 divides by in out,
 * which is why s is large. Numbers start at zero.
 */
public final class FourierFt implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> Layer.start(at, site));
  }

  /**
   * One layer.
   *
   * @param spectrum trained numbers [n]
   * @param places rows and columns [2, n]
   */
  private record Layer(Place place, NDArray spectrum, NDArray places, double s)
      implements DenseLayer {
    static Layer start(Attachment at, Linear site) {
      long all = (long) site.in() * site.out();
      int count = (int) Math.min(at.knobs().whole("n_frequency"), all);
      long[] drawn = Places.drawn(at.knobs().whole("random_loc_seed"), site, count);
      return new Layer(
          new Place(at.base(), site, 0),
          at.zeros(count),
          Places.array(at.owner(), drawn, site.in()),
          at.knobs().real("scaling"));
    }

    @Override
    public NDArray delta(Pass pass) {
      Scope scope = pass.scope();
      Linear site = place.site();
      NDArray shape = scope.sizes(site.out(), site.in());
      NDArray dense = scope.call("spectral_placed", spectrum, places, shape);
      return scope.call("spectral_fourier", dense, scope.scalar(s));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("fourierft_spectrum", spectrum);
      return tensors;
    }
  }
}
