package org.adapterstudio.engine.method;

import ai.djl.ndarray.NDArray;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * LoRA's own start (arXiv:2106.09685): A kaiming-uniform with a = sqrt(5), B zero. In a table A is
 * zero and B normal, so that a row moves at its first step by what it was given alone.
 */
public final class KaimingStart implements Initializer {
  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    if (site.form() instanceof Linear.Lookup) {
      NDArray b = at.normal(site.module(), "lora_B", 1, site.out(), rank);
      return new Start(at.zeros(rank, site.in()), b, false);
    }
    return new Start(
        at.kaimingUniform(site.module(), rank, site.in()), at.zeros(site.out(), rank), false);
  }
}
