package org.adapterstudio.engine.method.transform;

import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;

/**
 * IntTune (arXiv:2502.14482): the start of NLoRA, of which N alone is trained, r x r numbers a
 * layer.
 */
public final class IntTune implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> MiddleMatrix.slices(at, site, true));
  }
}
