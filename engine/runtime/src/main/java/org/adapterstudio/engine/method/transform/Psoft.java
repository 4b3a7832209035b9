package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.ProductLayer;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainableCount;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * PSOFT (OpenReview FSHrinMArK): turns W inside its r principal directions alone, dW = s B (diag(b)
 * R diag(a) - I) A, where s B A is the best rank-r part of W, frozen, and R = (I + Q)(I - Q)^-1 is
 * made of the trained strict upper triangle of a skew Q. The directions come from W; PEFT's files
 * leave them out. They are free in sign, so files written here keep them.
 */
public final class Psoft implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> Layer.start(at, site));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return TrainableCount.over(
        settings,
        network,
        (knobs, site) -> {
          int rank = TargetSelection.rank(settings, network, site);
          int vectors = (knobs.flag("psoft_mag_a") ? 1 : 0) + (knobs.flag("psoft_mag_b") ? 1 : 0);
          long core = knobs.flag("psoft_orth") ? rank * (rank - 1L) / 2 : (long) rank * rank;
          return core + (long) vectors * rank;
        });
  }

  /**
   * One layer.
   *
   * @param core strict upper triangle [r (r - 1) / 2], or R itself [r, r]
   * @param scaleB b [r]
   * @param scaleA a [r]
   * @param rows A [r, in], frozen
   * @param columns B [out, r], frozen
   */
  private record Layer(
      Place place,
      NDArray core,
      NDArray scaleB,
      NDArray scaleA,
      NDArray rows,
      NDArray columns,
      double s,
      Form form)
      implements ProductLayer {
    /**
     * How R is made.
     *
     * @param where flat places of the triangle; null where R is trained itself
     * @param terms of the series that stands in for the inverse; 0 is the inverse
     * @param trainsB whether b is trained; else it is ones
     */
    private record Form(NDArray where, int terms, boolean trainsB, boolean trainsA) {}

    static Layer start(Attachment at, Linear site) {
      int r = at.rank(site);
      double s = at.alpha(site) / r;
      var place = Place.of(at, site);
      List<NDArray> pair = directions(at, place, r, s);
      boolean orthogonal = at.flag("psoft_orth");
      var form =
          new Form(
              orthogonal ? at.owner().longs(Skew.upper(r), r * (r - 1L) / 2) : null,
              at.flag("use_cayley_neumann") ? at.knobs().whole("num_cayley_neumann_terms") : 0,
              at.flag("psoft_mag_b"),
              at.flag("psoft_mag_a"));
      NDArray core = orthogonal ? at.zeros(r * (r - 1L) / 2) : identity(at, r);
      return new Layer(
          place, core, ones(at, r), ones(at, r), pair.getFirst(), pair.getLast(), s, form);
    }

    /** A and B, whose product times s is the part of W with its r largest singular values. */
    private static List<NDArray> directions(Attachment at, Place place, int r, double s) {
      try (Scope work = Kernels.get().unrecorded()) {
        var triplets = work.callAll("split_triplets", List.of(), place.weight(work), work.sizes(r));
        NDArray values = work.call("scale", triplets.get(1), work.scalar(1 / s));
        boolean even = at.knobs().text("ab_svd_init").equals("pissa_init");
        NDArray share = even ? work.call("square_root", values) : values;
        NDArray a = even ? work.call("scaled_rows", triplets.get(2), share) : triplets.get(2);
        NDArray b = work.call("scaled_columns", triplets.get(0), share);
        return List.of(at.owner().adopt(a), at.owner().adopt(b));
      }
    }

    private static NDArray ones(Attachment at, int r) {
      var ones = new float[r];
      Arrays.fill(ones, 1);
      return at.owner().floats(ones, r);
    }

    private static NDArray identity(Attachment at, int r) {
      var identity = new float[r * r];
      for (int i = 0; i < r; i++) {
        identity[i * r + i] = 1;
      }
      return at.owner().floats(identity, r, r);
    }

    @Override
    public LowRank factors(Scope scope) {
      NDArray turned = scope.call("psoft_rows", middle(scope), scaleB, scaleA, rows);
      return new LowRank(turned, columns, s);
    }

    private NDArray middle(Scope scope) {
      if (form.where() == null) {
        return core;
      }
      int r = (int) scaleB.size();
      NDArray skew = Skew.of(scope, scope.call("one_row", core), form.where(), r);
      NDArray block =
          form.terms() == 0
              ? scope.call("oft_cayley", scope.call("negative", skew))
              : Skew.series(scope, skew, form.terms());
      return scope.call("psoft_block", block);
    }

    @Override
    public SequencedMap<String, Kept> kept() {
      var kept = new LinkedHashMap<String, Kept>();
      kept.put("psoft_A.weight", Kept.derived(rows));
      kept.put("psoft_B.weight", Kept.derived(columns));
      return kept;
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("psoft_R.weight", core);
      if (form.trainsB()) {
        tensors.put("psoft_R.vector_b", scaleB);
      }
      if (form.trainsA()) {
        tensors.put("psoft_R.vector_a", scaleA);
      }
      return tensors;
    }
  }
}
