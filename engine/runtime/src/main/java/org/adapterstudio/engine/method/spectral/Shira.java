package org.adapterstudio.engine.method.spectral;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.DenseLayer;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * SHiRA (arXiv:2406.13175): r (in + out) single entries of each weight are trained, as many as a
 * LoRA of rank r would be; a seed draws them, the file keeps them in the order of rows. dW is
 * sparse and of high rank, so several such adapters hardly meet.
 */
public final class Shira implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> Layer.start(at, site));
  }

  /**
   * One layer.
   *
   * @param entries trained numbers [n]
   * @param places their rows and columns [2, n]
   */
  private record Layer(Place place, NDArray entries, NDArray places) implements DenseLayer {
    static Layer start(Attachment at, Linear site) {
      long count = (long) at.rank(site) * (site.in() + site.out());
      if (count > (long) site.in() * site.out()) {
        throw StudioException.badInput(
            "adapter.rank: %d entries are more than %s has.".formatted(count, site.module()),
            "Use a smaller rank.");
      }
      long[] drawn = Places.drawn(at.knobs().whole("random_seed"), site, (int) count);
      Arrays.sort(drawn);
      return new Layer(
          new Place(at.base(), site, 0),
          at.zeros(count),
          Places.array(at.owner(), drawn, site.in()));
    }

    @Override
    public NDArray delta(Pass pass) {
      Scope scope = pass.scope();
      NDArray shape = scope.sizes(place.site().out(), place.site().in());
      return scope.call("spectral_placed", entries, places, shape);
    }

    @Override
    public SequencedMap<String, Kept> kept() {
      var kept = new LinkedHashMap<String, Kept>();
      kept.put("shira_indices", new Kept(places, "I32", false));
      return kept;
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("shira_weight", entries);
      return tensors;
    }
  }
}
