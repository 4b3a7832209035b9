package org.adapterstudio.engine.method.spectral;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * Entries of a layer's weight chosen by a seed as PEFT chooses them: the first of a permutation
 * from PyTorch's CPU generator. Files of these methods need not hold them; the seed does.
 */
final class Places {
  private Places() {}

  /** Flat places, row by row, in the order drawn. */
  static long[] drawn(long seed, Linear site, int count) {
    long all = (long) site.in() * site.out();
    if (count < 1 || count > all) {
      throw StudioException.badInput(
          "%s has %d entries, of which %d cannot be chosen.".formatted(site.module(), all, count),
          "Choose fewer.");
    }
    try (Scope work = Kernels.get().inference()) {
      Autograd.seed(seed);
      NDArray order = work.call("spectral_permutation", work.sizes(all));
      return Arrays.copyOf(order.toLongArray(), count);
    }
  }

  /** Rows, then columns [2, n], as float32, which holds such numbers exactly. */
  static NDArray array(Scope owner, long[] flat, int columns) {
    var places = new float[2 * flat.length];
    for (int i = 0; i < flat.length; i++) {
      places[i] = flat[i] / columns;
      places[flat.length + i] = flat[i] % columns;
    }
    return owner.floats(places, 2, flat.length);
  }
}
