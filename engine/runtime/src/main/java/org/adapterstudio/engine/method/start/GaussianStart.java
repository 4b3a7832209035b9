package org.adapterstudio.engine.method.start;

import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.model.pass.Linear;

/** A normal with deviation 1 / r, B zero, so that the first pass is the base's. */
public final class GaussianStart implements Initializer {
  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    return new Start(
        at.normal(site.module(), "gaussian", 1.0 / rank, rank, site.in()),
        at.zeros(site.out(), rank),
        false);
  }
}
