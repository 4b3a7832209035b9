package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.ProductLayer;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainableCount;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * DEFT (NeurIPS 2025): removes a learned subspace from W and writes new content into it, W' = (I -
 * L K') W + s L R. L is the trained P [out, r] or its orthonormal factor; K is its positive part or
 * L again. R starts as K' W / s, so that nothing changes; the authors start it at random, which
 * replaces the subspace at once. Without R (PaRa) the subspace is only removed.
 */
public final class Deft implements Method {
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
          long rank = TargetSelection.rank(settings, network, site);
          return rank * (site.out() + (knobs.flag("para") ? 0 : site.in()));
        });
  }

  /**
   * One layer.
   *
   * @param p P [out, r]
   * @param r R [r, in]; empty where the subspace is only removed
   */
  private record Layer(Place place, NDArray p, Optional<NDArray> r, boolean orthonormal, double s)
      implements ProductLayer {
    static Layer start(Attachment at, Linear site) {
      int rank = at.rank(site);
      int alpha = at.knobs().whole("injection_alpha");
      double s = alpha == 0 ? 1 : (double) alpha / rank;
      boolean orthonormal = at.knobs().text("decomposition_method").equals("qr");
      NDArray p = at.normal(site.module(), "P", 0.02, site.out(), rank);
      var bare = new Layer(Place.of(at, site), p, Optional.empty(), orthonormal, s);
      return at.flag("para")
          ? bare
          : new Layer(bare.place, p, Optional.of(bare.content(at, rank)), orthonormal, s);
    }

    private NDArray content(Attachment at, int rank) {
      Linear site = place.site();
      if (at.flag("replace_at_start")) {
        double deviation = 0.02 * at.knobs().real("init_scale");
        return at.normal(site.module(), "R", deviation, rank, site.in());
      }
      try (Scope work = Kernels.get().unrecorded()) {
        return at.owner().adopt(work.call("scale", share(work), work.scalar(1 / s)));
      }
    }

    private NDArray left(Scope scope) {
      return orthonormal ? scope.call("deft_orthonormal", p) : p;
    }

    /** K' W [r, in]: what the subspace holds of W. */
    private NDArray share(Scope scope) {
      NDArray right = orthonormal ? left(scope) : scope.call("deft_positive", p);
      return scope.call("deft_share", right, place.weight(scope));
    }

    @Override
    public LowRank factors(Scope scope) {
      NDArray share = share(scope);
      NDArray rows =
          r.map(content -> scope.call("deft_rows", content, share, scope.scalar(s)))
              .orElseGet(() -> scope.call("negative", share));
      return new LowRank(rows, left(scope), 1);
    }

    /** Dropout is for the new content alone; what is removed is removed whole. */
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      if (still(pass) || r.isEmpty()) {
        return ProductLayer.super.forward(pass, site, x);
      }
      Scope scope = pass.scope();
      NDArray left = left(scope);
      NDArray removed = scope.call("negative", share(scope));
      NDArray y = scope.call("lora", x, pass.frozen(site, x), removed, left, scope.scalar(1));
      return scope.call("lora", place.seen(pass, x), y, r.get(), left, scope.scalar(s));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("deft_P", p);
      r.ifPresent(content -> tensors.put("deft_R", content));
      return tensors;
    }
  }
}
