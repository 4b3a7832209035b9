package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.TrainableCount;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * BOFT (arXiv:2311.06243): y = s o (W R' x) + b, R a product of m block-diagonal rotations, each
 * between a butterfly permutation and its inverse, so that numbers far apart mix. A block is the
 * Cayley form of the skew part of a free b x b matrix. The factors are applied to x; R is never
 * made.
 */
public final class Boft implements Method {
  private static final String FACTORS = "boft_n_butterfly_factor";

  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> Layer.start(at, site));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return TrainableCount.over(
        settings,
        network,
        (knobs, site) ->
            (long) knobs.whole(FACTORS) * site.in() * blockSize(knobs, site) + site.out());
  }

  /**
   * PEFT falls back to one factor where its CUDA code is missing, and its config does not say so.
   */
  @Override
  public Recipe.Adapter asStored(Recipe.Adapter settings, Map<String, long[]> shapes) {
    return shapes.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(".boft_R") && entry.getValue().length == 4)
        .findFirst()
        .map(entry -> settings.turning(FACTORS, Json.tree((int) entry.getValue()[0])))
        .orElse(settings);
  }

  private static int blockSize(KnobValues knobs, Linear site) {
    int blocks = knobs.whole("boft_block_num");
    int size = knobs.whole("boft_block_size");
    if ((blocks == 0) == (size == 0)) {
      throw StudioException.badInput(
          "adapter.knobs: boft_block_num is %d and boft_block_size is %d.".formatted(blocks, size),
          "Give one of them and set the other to 0.");
    }
    if (site.in() % Math.max(blocks, size) != 0) {
      throw StudioException.badInput(
          "adapter.knobs: %s has %d inputs, which %d does not divide."
              .formatted(site.module(), site.in(), Math.max(blocks, size)),
          "Use a divisor.");
    }
    return size == 0 ? site.in() / blocks : size;
  }

  /** The order in which factor i reads its inputs: cells of half a block, the even ones first. */
  static int[] order(int in, int block, int i) {
    int chunk = block << i;
    int cell = Math.max(block / 2, 1);
    int cells = chunk / cell;
    return IntStream.range(0, in)
        .map(
            at -> {
              int rank = at % chunk / cell;
              int evens = (cells + 1) / 2;
              int from = rank < evens ? 2 * rank : 2 * (rank - evens) + 1;
              return at / chunk * chunk + from * cell + at % cell;
            })
        .toArray();
  }

  /** A permutation and its inverse, as arrays. */
  private record Order(NDArray into, NDArray back) {
    static Order of(Scope owner, int[] order) {
      var inverse = new long[order.length];
      IntStream.range(0, order.length).forEach(at -> inverse[order[at]] = at);
      long[] forward = Arrays.stream(order).asLongStream().toArray();
      return new Order(owner.longs(inverse, inverse.length), owner.longs(forward, forward.length));
    }
  }

  /**
   * One layer.
   *
   * @param d free matrices [m, n, b, b]
   * @param s scales of the outputs [out, 1]
   * @param orders one for each factor
   */
  private record Layer(Place place, NDArray d, NDArray s, List<Order> orders)
      implements TrainedLayer {
    static Layer start(Attachment at, Linear site) {
      int b = blockSize(at.knobs(), site);
      int m = at.knobs().whole(FACTORS);
      int n = site.in() / b;
      if (m > 1 && (b % 2 != 0 || n % (1 << (m - 1)) != 0)) {
        throw StudioException.badInput(
            "adapter.knobs.%s: %d factors need blocks of an even size, and their number (%d in %s) a multiple of %d."
                .formatted(FACTORS, m, n, site.module(), 1 << (m - 1)),
            "Use fewer factors or another boft_block_size.");
      }
      var orders =
          IntStream.range(0, m)
              .mapToObj(
                  i -> Order.of(at.owner(), m == 1 ? same(site.in()) : order(site.in(), b, i)))
              .toList();
      float[] ones = new float[site.out()];
      Arrays.fill(ones, 1);
      NDArray s = at.owner().floats(ones, site.out(), 1);
      return new Layer(Place.of(at, site), at.zeros(m, n, b, b), s, orders);
    }

    private static int[] same(int in) {
      return IntStream.range(0, in).toArray();
    }

    private NDArray blocks(Scope scope, int i) {
      return scope.call("boft_blocks", d, scope.sizes(i));
    }

    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      Scope scope = pass.scope();
      int still = standing(pass);
      NDArray turned = x;
      for (int i = orders.size() - 1; i >= 0; i--) {
        NDArray c = blocks(scope, i);
        c = i == still ? BlockDropout.of(place, pass, c) : c;
        turned = scope.call("boft_factor", turned, c, orders.get(i).into(), orders.get(i).back());
      }
      NDArray y = pass.frozen(site, turned);
      return site.hasBias()
          ? scope.call("boft_scaled_bias", y, s, pass.parameter(site.bias()))
          : scope.call("boft_scaled", y, s);
    }

    /** The one factor whose blocks dropout may stop in this pass. */
    private int standing(Pass pass) {
      if (!place.drops(pass)) {
        return -1;
      }
      long seed = pass.draw().get().seedFor(place.site().module(), "factor");
      return RandomGeneratorFactory.of("L64X128MixRandom").create(seed).nextInt(orders.size());
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      Scope scope = pass.scope();
      NDArray w = place.weight(pass.scope());
      NDArray turned = w;
      for (int i = 0; i < orders.size(); i++) {
        Order order = orders.get(i);
        turned =
            scope.call("boft_factor_back", turned, blocks(scope, i), order.into(), order.back());
      }
      return Optional.of(scope.call("subtract", scope.call("boft_scaled_rows", turned, s), w));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("boft_R", d);
      tensors.put("boft_s", s);
      return tensors;
    }
  }
}
