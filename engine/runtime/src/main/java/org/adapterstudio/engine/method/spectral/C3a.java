package org.adapterstudio.engine.method.spectral;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
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
 * C3A (arXiv:2407.19342): dW is made of circulant blocks b x b, each given by one trained kernel w:
 * the entry at row p and column q of block (i, j) is w_ij[(q - p) mod b] / in. The product is a
 * correlation, done by Fourier transforms; dW is never made in training. The published start is
 * random, not the base's.
 */
public final class C3a implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    for (Linear site : at.targets()) {
      int b = blockSize(at.knobs(), site);
      NDArray kernel = start(at, site, b);
      layers.put(site.module(), new Layer(new Place(at.base(), site, 0), kernel, b));
    }
    return Attached.of(layers);
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return TrainableCount.over(
        settings, network, (knobs, site) -> (long) site.in() * site.out() / blockSize(knobs, site));
  }

  /** The size asked for, or the largest below it that divides inputs and outputs. */
  private static int blockSize(KnobValues knobs, Linear site) {
    return IntStream.iterate(knobs.whole("block_size"), b -> b > 1, b -> b - 1)
        .filter(b -> site.in() % b == 0 && site.out() % b == 0)
        .findFirst()
        .orElse(1);
  }

  private static NDArray start(Attachment at, Linear site, int b) {
    RandomGenerator random = at.random(site.module());
    double bound =
        switch (at.knobs().text("start")) {
          case "xavier_uniform" -> Math.sqrt(6.0 / (site.in() + site.out()));
          case "kaiming_uniform" -> Math.sqrt(1.0 / site.in());
          default -> 0;
        };
    boolean gaussian = at.knobs().text("start").equals("gaussian");
    var values = new float[site.in() * site.out() / b];
    for (int i = 0; i < values.length; i++) {
      double drawn = gaussian ? random.nextGaussian() : (2 * random.nextDouble() - 1) * bound;
      values[i] = (float) drawn;
    }
    return at.owner().floats(values, site.out() / b, site.in() / b, b);
  }

  /**
   * One layer.
   *
   * @param kernel w [out / b, in / b, b]
   */
  private record Layer(Place place, NDArray kernel, int b) implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      return pass.scope().call("c3a_forward", x, pass.frozen(site, x), kernel);
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      var where = new long[b * b];
      for (int i = 0; i < where.length; i++) {
        where[i] = Math.floorMod(i % b - i / b, b);
      }
      NDArray places = pass.scope().longs(where, where.length);
      return Optional.of(pass.scope().call("c3a_change", kernel, places));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("c3a_kernel", kernel);
      return tensors;
    }
  }
}
