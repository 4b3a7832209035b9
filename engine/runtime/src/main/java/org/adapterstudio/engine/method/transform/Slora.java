package org.adapterstudio.engine.method.transform;

import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;

/**
 * SLoRA (arXiv:2502.14482): LoRA with a square matrix N between its factors, dW = s B N A. A and N
 * start kaiming-uniform, B zero; all three are trained.
 */
public final class Slora implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> MiddleMatrix.random(at, site));
  }
}
