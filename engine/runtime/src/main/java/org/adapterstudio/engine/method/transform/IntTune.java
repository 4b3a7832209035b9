package org.adapterstudio.engine.method.transform;

import java.util.LinkedHashMap;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * IntTune (arXiv:2502.14482): the start of NLoRA, of which N alone is trained, r x r numbers a
 * layer.
 */
public final class IntTune implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    for (Linear site : at.targets()) {
      layers.put(site.module(), MiddleMatrix.slices(at, site, true));
    }
    return Attached.of(layers);
  }
}
