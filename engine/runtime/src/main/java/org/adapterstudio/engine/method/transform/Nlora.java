package org.adapterstudio.engine.method.transform;

import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;

/**
 * NLoRA (arXiv:2502.14482): dW = s B N A started from slices of W after Nystrom, without any
 * decomposition: A its first rows, B its first columns. As released, the start adds to W; the exact
 * one, with the pseudo-inverse of the corner, is taken out of it. All three are trained.
 */
public final class Nlora implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> MiddleMatrix.slices(at, site, false));
  }
}
