package org.adapterstudio.engine.method;

import org.adapterstudio.engine.model.pass.Linear;

/**
 * Zeros, because a file's numbers will be put in their place.
 *
 * @param residual whether the start that made them took s B0 A0 out of the base
 */
record StoredStart(boolean residual) implements Initializer {
  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    return new Start(at.zeros(rank, site.in()), at.zeros(site.out(), rank), residual);
  }
}
