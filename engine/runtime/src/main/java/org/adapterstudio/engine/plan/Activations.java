package org.adapterstudio.engine.plan;

import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Sizes;

/** Memory of the heaviest pass. */
final class Activations {
  private Activations() {}

  static long of(Recipe recipe, Network network, Storage storage, Load load) {
    Sizes sizes = network.sizes();
    long hidden = sizes.hidden();
    long heads = (long) sizes.headSize() * (sizes.heads() + 2L * sizes.keyValueHeads());
    long perLayer = 9 * hidden + 3 * heads + 5L * sizes.intermediate();
    long head = 3L * sizes.vocabulary();
    return load.positions() * 4 * (perLayer * sizes.layers() + head);
  }
}
