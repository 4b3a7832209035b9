package org.adapterstudio.engine.method;

import org.adapterstudio.engine.model.pass.Linear;

/** LoRA's own start (arXiv:2106.09685): A kaiming-uniform with a = sqrt(5), B zero. */
public final class KaimingStart implements Initializer {
  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    return new Start(
        at.kaimingUniform(site.module(), rank, site.in()), at.zeros(site.out(), rank), false);
  }
}
