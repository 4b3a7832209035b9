package org.adapterstudio.engine.method.block;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
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
 * DiffuseKronA (arXiv:2402.17412): dW = A (x) B, one Kronecker product of A [a1, a2] and B [out /
 * a1, in / a2], both trained; A starts normal with deviation 1 / a1, B zero. The product is never
 * made in training. The released code puts its outputs in another order, p a1 + i in place of i b1
 * + p; a switch keeps that order.
 */
public final class DiffuseKrona implements Method {
  @Override
  public Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    for (Linear site : at.targets()) {
      int a1 = divisor(site.out(), at.knobs().whole("a1"));
      int a2 = divisor(site.in(), at.knobs().whole("a2"));
      NDArray a = at.normal(site.module(), "A", 1.0 / a1, a1, a2);
      NDArray b = at.zeros(site.out() / a1, site.in() / a2);
      layers.put(site.module(), new Layer(Place.of(at, site), a, b, at.flag("released_order")));
    }
    return Attached.of(layers);
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return TrainableCount.over(settings, network, DiffuseKrona::count);
  }

  private static long count(KnobValues knobs, Linear site) {
    long first =
        (long) divisor(site.out(), knobs.whole("a1")) * divisor(site.in(), knobs.whole("a2"));
    return first + (long) site.out() * site.in() / first;
  }

  /** The largest divisor of n up to a wish. */
  private static int divisor(int n, int wish) {
    int divisor = Math.min(n, wish);
    while (n % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  /**
   * One layer.
   *
   * @param a A [a1, a2]
   * @param b B [b1, b2]
   * @param crossed whether outputs stand in the released order
   */
  private record Layer(Place place, NDArray a, NDArray b, boolean crossed) implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      NDArray y = pass.frozen(site, x);
      String kernel = crossed ? "krona_crossed" : "krona";
      return pass.scope().call(kernel, place.seen(pass, x), y, a, b);
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      Scope scope = pass.scope();
      return Optional.of(scope.call(crossed ? "krona_product_crossed" : "krona_product", a, b));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("krona_A.weight", a);
      tensors.put("krona_B.weight", b);
      return tensors;
    }
  }
}
