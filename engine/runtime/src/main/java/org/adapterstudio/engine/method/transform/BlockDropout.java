package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.model.pass.Pass;

/** Dropout of rotations (arXiv:2311.06243): in each pass some blocks stand still. */
final class BlockDropout {
  private BlockDropout() {}

  /** Blocks [n, b, b] of which a share became the identity; one block alone always turns. */
  static NDArray of(Place place, Pass pass, NDArray blocks) {
    int n = (int) blocks.getShape().get(0);
    int off = (int) (place.dropout() * n);
    if (!place.drops(pass) || n == 1 || off == 0) {
      return blocks;
    }
    long seed = pass.draw().get().seedFor(place.site().module(), "dropout");
    float[] chosen = chosen(RandomGeneratorFactory.of("L64X128MixRandom").create(seed), n, off);
    return pass.scope().call("oft_switched_off", blocks, pass.scope().floats(chosen, n, 1, 1));
  }

  /** Ones at so many of n places. */
  private static float[] chosen(RandomGenerator random, int n, int count) {
    var chosen = new float[n];
    for (int last = n - count; last < n; last++) {
      int at = random.nextInt(last + 1);
      chosen[chosen[at] == 0 ? at : last] = 1;
    }
    return chosen;
  }
}
