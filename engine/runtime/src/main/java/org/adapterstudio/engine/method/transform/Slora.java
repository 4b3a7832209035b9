package org.adapterstudio.engine.method.transform;

import java.util.LinkedHashMap;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * SLoRA (arXiv:2502.14482): LoRA with a square matrix N between its factors, dW = s B N A. A and N
 * start kaiming-uniform, B zero; all three are trained.
 */
public final class Slora implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    for (Linear site : at.targets()) {
      layers.put(site.module(), MiddleMatrix.random(at, site));
    }
    return Attached.of(layers);
  }
}
