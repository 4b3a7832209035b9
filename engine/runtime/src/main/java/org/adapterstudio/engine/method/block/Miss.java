package org.adapterstudio.engine.method.block;

import java.util.LinkedHashMap;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * MiSS (arXiv:2409.15371): one block D [r, out], zero at first, is added to every chunk of r
 * columns of W. Exactly a LoRA whose A is frozen, at half of its numbers.
 */
public final class Miss implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    for (Linear site : at.targets()) {
      layers.put(site.module(), RepeatedBlock.start(at, site, site.out()));
    }
    return Attached.of(layers);
  }
}
