package org.adapterstudio.engine.method.block;

import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;

/**
 * MiSS (arXiv:2409.15371): one block D [r, out], zero at first, is added to every chunk of r
 * columns of W. Exactly a LoRA whose A is frozen, at half of its numbers.
 */
public final class Miss implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> RepeatedBlock.start(at, site, site.out()));
  }
}
