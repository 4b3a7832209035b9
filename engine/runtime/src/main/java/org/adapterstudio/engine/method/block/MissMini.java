package org.adapterstudio.engine.method.block;

import java.util.LinkedHashMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * MiSS with a narrow block (arXiv:2409.15371): D [r, q] is repeated along the outputs too, so that
 * a layer trains r q numbers whatever its size.
 */
public final class MissMini implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    int width = at.knobs().whole("mini_r");
    for (Linear site : at.targets()) {
      if (site.out() % width != 0) {
        throw StudioException.badInput(
            "adapter.knobs.mini_r: %d does not divide the %d outputs of %s."
                .formatted(width, site.out(), site.module()),
            "Use a divisor.");
      }
      layers.put(site.module(), RepeatedBlock.start(at, site, width));
    }
    return Attached.of(layers);
  }
}
