package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.ProductLayer;
import org.adapterstudio.engine.method.Schedule;
import org.adapterstudio.engine.method.TrainableCount;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;

/**
 * OSF (arXiv:2504.07097): the k largest singular triplets of W stay, the others U, S, V are
 * trained; gradients of U and V lose their part inside the directions that stay, so that what the
 * base knows best is not overwritten. Meant for learning tasks one after another; trains nearly as
 * much as W.
 */
public final class Osf implements Method {
  @Override
  public Attached attach(Attachment at) {
    if (!at.settings().rankPattern().isEmpty()) {
      throw StudioException.badInput(
          "adapter.rank_pattern is not supported for OSF.", "Use one effective_rank for all.");
    }
    var layers = new LinkedHashMap<String, TrainedLayer>();
    var guarded = new LinkedHashMap<String, Layer>();
    for (Linear site : at.targets()) {
      var layer = Layer.start(at, site);
      layers.put(site.module(), layer);
      guarded.put(site.module(), layer);
    }
    return Attached.of(layers).with(new Guard(guarded));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return TrainableCount.over(
        settings,
        network,
        (knobs, site) ->
            (long) (Math.min(site.in(), site.out()) - staying(knobs, site))
                * (site.in() + site.out() + 1));
  }

  /** Triplets that stay: a number of them, or below 1 a share of all. */
  private static int staying(KnobValues knobs, Linear site) {
    int all = Math.min(site.in(), site.out());
    double wish = knobs.real("effective_rank");
    int kept = (int) (wish < 1 ? wish * all : wish);
    if (kept < 1 || kept >= all) {
      throw StudioException.badInput(
          "adapter.knobs.effective_rank: %d of the %d directions of %s would stay."
              .formatted(kept, all, site.module()),
          "Keep at least one, and fewer than all.");
    }
    return kept;
  }

  /** Keeps gradients out of the directions that stay. */
  private record Guard(Map<String, Layer> layers) implements Schedule {
    @Override
    public void gradients(Scope scope, int step, Map<String, NDArray> gradients) {
      Scope plain = scope.unrecorded();
      layers.forEach(
          (module, layer) -> {
            String name = Attached.PREFIX + module + "." + PARAMETERS;
            plain.call("osf_outside_columns", gradients.get(name + "U_low"), layer.highU());
            plain.call("osf_outside_rows", gradients.get(name + "V_low"), layer.highV());
          });
    }
  }

  private static final String PARAMETERS = "osf_svd_params.";

  /** Trained triplets. */
  private record Triplets(NDArray u, NDArray s, NDArray v) {
    /** U diag(S) [out, k]. */
    NDArray scaled(Scope scope) {
      return scope.call("scaled_columns", u, s);
    }
  }

  /**
   * One layer.
   *
   * @param now trained
   * @param first as they were in W, frozen
   * @param highU left directions that stay [out, k]
   * @param highV right directions that stay [k, in]
   */
  private record Layer(Place place, Triplets now, Triplets first, NDArray highU, NDArray highV)
      implements ProductLayer {
    static Layer start(Attachment at, Linear site) {
      var place = new Place(at.base(), site, 0);
      Scope owner = at.owner().unrecorded();
      NDArray kept = owner.sizes(staying(at.knobs(), site));
      List<NDArray> parts = owner.callAll("split_triplets", List.of(), place.weight(owner), kept);
      var first = new Triplets(parts.get(3), parts.get(4), parts.get(5));
      var now =
          new Triplets(
              owner.call("copy", first.u()),
              owner.call("copy", first.s()),
              owner.call("copy", first.v()));
      return new Layer(place, now, first, parts.get(0), parts.get(2));
    }

    /** U S V - U0 S0 V0 as (U S - U0 S0) V + U0 S0 (V - V0), zero at the start to the bit. */
    @Override
    public LowRank factors(Scope scope) {
      NDArray start = first.scaled(scope);
      NDArray columns = scope.call("subtract", now.scaled(scope), start);
      NDArray rows = scope.call("subtract", now.v(), first.v());
      return new LowRank(
          scope.call("stacked_rows", now.v(), rows),
          scope.call("columns_beside", columns, start),
          1);
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put(PARAMETERS + "U_low", now.u());
      tensors.put(PARAMETERS + "S_low", now.s());
      tensors.put(PARAMETERS + "V_low", now.v());
      return tensors;
    }
  }
}
