package org.adapterstudio.engine.method.spectral;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.DenseLayer;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainableCount;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * WaveFT (arXiv:2505.12532): dW = s idwt2(C), where C is zero but for n trained numbers at places
 * that a seed draws; its quarters are one level of wavelet coefficients (approximation, horizontal,
 * vertical, diagonal). Longer wavelets need a border, which is put around the drawn places and cut
 * off after. Without the transform dW = s C, a sparse change.
 */
public final class WaveFt implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> Layer.start(at, site, count(at.knobs(), at.targets(), site)));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    List<Linear> targets = TargetSelection.of(settings, network);
    return TrainableCount.over(settings, network, (knobs, site) -> count(knobs, targets, site));
  }

  /** Numbers of one layer: the same for each, or a share of all by its size. */
  private static int count(KnobValues knobs, List<Linear> targets, Linear site) {
    long wish = knobs.whole("n_frequency");
    if (knobs.flag("proportional_parameters")) {
      double all = targets.stream().mapToDouble(WaveFt::entries).sum();
      wish = (long) Math.max(1, Math.rint(entries(site) / all * (wish * targets.size())));
    }
    return (int) Math.min(wish, (long) entries(site));
  }

  private static double entries(Linear site) {
    return (double) site.in() * site.out();
  }

  /**
   * One layer.
   *
   * @param spectrum trained numbers [n]
   * @param places rows and columns [2, n] in C with its border
   * @param basis empty where C is the change itself
   */
  private record Layer(
      Place place, NDArray spectrum, NDArray places, double s, Optional<Basis> basis)
      implements DenseLayer {
    static Layer start(Attachment at, Linear site, int count) {
      long[] drawn = Places.drawn(at.knobs().whole("random_loc_seed"), site, count);
      Optional<Basis> basis =
          at.flag("use_idwt")
              ? Optional.of(Basis.of(at.owner(), at.knobs().text("wavelet_family"), site))
              : Optional.empty();
      long[] moved = basis.map(border -> border.inside(drawn, site.in())).orElse(drawn);
      int columns = basis.map(Basis::columns).orElse(site.in());
      return new Layer(
          new Place(at.base(), site, 0),
          at.zeros(count),
          Places.array(at.owner(), moved, columns),
          at.knobs().real("scaling"),
          basis);
    }

    @Override
    public NDArray delta(Pass pass) {
      Scope scope = pass.scope();
      Linear site = place.site();
      NDArray shape = scope.sizes(site.out(), site.in());
      if (basis.isEmpty()) {
        NDArray dense = scope.call("spectral_placed", spectrum, places, shape);
        return scope.call("scale", dense, scope.scalar(s));
      }
      Basis now = basis.get();
      NDArray bordered = scope.sizes(now.rows(), now.columns());
      NDArray dense = scope.call("spectral_placed", spectrum, places, bordered);
      return scope.call("spectral_wavelet", dense, now.low(), now.high(), shape, scope.scalar(s));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("waveft_spectrum", spectrum);
      return tensors;
    }
  }

  /**
   * Filters and the size of C with its border.
   *
   * @param low reconstruction filter
   * @param high its alternating mirror
   */
  private record Basis(NDArray low, NDArray high, int rows, int columns, int top, int left) {
    static Basis of(Scope owner, String family, Linear site) {
      float[] low = Wavelets.reconstruction(family);
      var high = new float[low.length];
      for (int i = 0; i < low.length; i++) {
        high[i] = (i % 2 == 0 ? 1 : -1) * low[low.length - 1 - i];
      }
      int rows = even(site.out() + low.length - 2);
      int columns = even(site.in() + low.length - 2);
      return new Basis(
          owner.floats(low, low.length),
          owner.floats(high, high.length),
          rows,
          columns,
          (rows - site.out()) / 2,
          (columns - site.in()) / 2);
    }

    private static int even(int n) {
      return n + n % 2;
    }

    /** Flat places of a bare C in the one with a border. */
    long[] inside(long[] flat, int in) {
      var moved = new long[flat.length];
      for (int i = 0; i < flat.length; i++) {
        moved[i] = (flat[i] / in + top) * columns + flat[i] % in + left;
      }
      return moved;
    }
  }
}
