package org.adapterstudio.engine.method;

import java.util.Optional;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * Zeros, because a file's numbers will be put in their place.
 *
 * @param residual whether the start that made them took s B0 A0 out of the base
 * @param recodes whether it coded the base anew
 */
record StoredStart(boolean residual, boolean recodes) implements Initializer {
  @Override
  public Optional<Schedule> schedule(Attachment at) {
    return Initializer.of(at.settings()).schedule(at);
  }

  @Override
  public Start start(Attachment at, Linear site, int rank, double s) {
    var recoding =
        recodes
            ? Optional.of(
                new Recoding(at, site, at.zeros(rank, site.in()), at.zeros(site.out(), rank)))
            : Optional.<Recoding>empty();
    return new Start(at.zeros(rank, site.in()), at.zeros(site.out(), rank), residual, recoding);
  }
}
