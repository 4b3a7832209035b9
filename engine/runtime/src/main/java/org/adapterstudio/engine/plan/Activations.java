package org.adapterstudio.engine.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.network.Sizes;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * Memory of the heaviest pass, counted array by array. Letters: d the stream's size, q all queries,
 * k all keys, f the MLP's inner size, o and i a layer's outputs and inputs; sums over the linear
 * layers of a block. All in bytes for one position and one block, unless it says otherwise.
 */
final class Activations {
  /** What allocators hold beyond what is asked for, as measured. */
  private static final double SLACK = 1.05;

  /** The same where the tape lets arrays of many sizes come and go within a step. */
  private static final double TAPE_SLACK = 1.35;

  private final Network network;
  private final Storage storage;
  private final Load load;
  private final boolean whole;
  private final boolean dropout;
  private final boolean twice;
  private final List<Linear> inside;
  private final Set<String> targeted = new HashSet<>();

  private Activations(Recipe recipe, Network network, Storage storage, Load load) {
    this.network = network;
    this.storage = storage;
    this.load = load;
    MethodCard card = MethodCatalogue.card("adapter", recipe.adapter().method());
    this.whole = card.can(MethodCard.Capability.REPLACES_BASE);
    this.dropout = !whole && recipe.adapter().dropout() > 0;
    this.twice = recipe.training().activationCheckpointing() || storage.lends() && half();
    this.inside =
        network.linears().stream().filter(site -> !network.heads().contains(site)).toList();
    if (!whole) {
      Method.of(card)
          .targets(recipe.adapter(), network)
          .forEach(site -> targeted.add(site.module()));
    }
  }

  /** Of a recipe's training step or evaluation, whichever needs more. */
  static long of(Recipe recipe, Network network, Storage storage, Load load) {
    var pass = new Activations(recipe, network, storage, load);
    boolean tape = !pass.whole && !pass.dropout && !pass.twice && !pass.half();
    return (long) Math.max((tape ? TAPE_SLACK : SLACK) * pass.training(), SLACK * pass.scoring());
  }

  private boolean half() {
    return storage.width() == 2;
  }

  private long training() {
    long blocks = Math.max(1, network.sizes().layers());
    long block = load.positions() * kept();
    long stream = load.positions() * storage.width() * network.sizes().hidden();
    long forward = twice ? blocks * stream + block + load.positions() * first() : blocks * block;
    return forward + load.positions() * wayBack() + head() + lent();
  }

  /** Kept of a block until gradients have passed through it. */
  private long kept() {
    Sizes s = network.sizes();
    long d = s.hidden();
    long q = (long) s.heads() * s.headSize();
    long k = (long) s.keyValueHeads() * s.headSize();
    long f = s.intermediate();
    if (half()) {
      // norms 12 d, sums 4 d, turned 2 (q + k), attended 4 q, opened and product 4 f
      return 16 * d + 6 * q + 2 * k + 4 * f + perLayer();
    }
    // stream, sum and both normed 4 d; turned q + k, attended 2 q, spread keys and values 2 q;
    // product
    long spread = q == k ? 0 : 2 * q;
    long floats = 4 * d + 3 * q + k + spread + f;
    return 4 * (whole ? floats + 2 * d + f : floats - letGo(q, k)) + perLayer();
  }

  /** All that a block computes the first time, where gradients pass on the second: as measured. */
  private long first() {
    Sizes s = network.sizes();
    long q = (long) s.heads() * s.headSize();
    long k = (long) s.keyValueHeads() * s.headSize();
    return half() ? 0 : kept() + 4 * (letGo(q, k) + s.intermediate()) + perLayer();
  }

  /** Counted with the layers' outputs, but let go by the tape once they were read. */
  private long letGo(long q, long k) {
    Sizes s = network.sizes();
    long d = s.hidden();
    long f = s.intermediate();
    if (dropout) {
      return 0;
    }
    // added to the stream 2 d; before their rotation q + k, and the gated product f
    return gated(q, k) ? 2 * d + q + k + f : 2 * d;
  }

  /** Whether the MLP has three matrices instead of two. */
  private boolean gated(long q, long k) {
    Sizes s = network.sizes();
    long all = inside.stream().mapToLong(site -> (long) site.in() * site.out()).sum();
    long attention = 2L * s.hidden() * (q + k);
    return 2 * (all / Math.max(1, s.layers()) - attention) > 5L * s.hidden() * s.intermediate();
  }

  /** What each linear layer adds to a block: o on the tape; more where autograd computes. */
  private long perLayer() {
    long sum = 0;
    for (Linear site : inside) {
      long i = site.in();
      long o = site.out();
      boolean adapted = targeted.contains(site.module());
      if (half()) {
        // base and whole output; the input widened, and with dropout the mask and the product
        sum += adapted ? 4 * o + (dropout ? 12 : 4) * i : 2 * o;
      } else {
        sum += 4 * (adapted && dropout ? 2 * o + 2 * i : o);
      }
    }
    return sum / Math.max(1, network.sizes().layers());
  }

  /** Gradients in flight inside a block. */
  private long wayBack() {
    Sizes s = network.sizes();
    return half() ? kept() : 16 * ((long) s.hidden() + s.intermediate());
  }

  /** The head's logits, whole or some rows at a time, with softmax and gradients. */
  private long head() {
    long vocabulary = network.heads().stream().mapToLong(Linear::out).max().orElse(0);
    boolean byParts = !half() && !whole || twice;
    long part = Math.min(load.targets(), 128 + 524_288 / Math.max(1, vocabulary));
    long rows = byParts ? part : load.targets();
    return rows * vocabulary * (half() ? 14 : byParts ? 8 : 12);
  }

  /** Weights that exist in the compute type for one use only. */
  private long lent() {
    if (!storage.lends()) {
      return 0;
    }
    long largest = inside.stream().mapToLong(site -> (long) site.in() * site.out()).max().orElse(0);
    long all = inside.stream().mapToLong(site -> (long) site.in() * site.out()).sum();
    // Two that share an input, and the wide numbers and indices of one that is being decoded.
    return half() ? 2 * all / Math.max(1, network.sizes().layers()) + 6 * largest : 14 * largest;
  }

  /** A batch of held-out rows: one block's inside, and logits of some rows. */
  private long scoring() {
    long vocabulary = network.heads().stream().mapToLong(Linear::out).max().orElse(0);
    long part = 128 + 524_288 / Math.max(1, vocabulary);
    return load.heldOutPositions() * kept() + part * vocabulary * 12 + lent();
  }
}
