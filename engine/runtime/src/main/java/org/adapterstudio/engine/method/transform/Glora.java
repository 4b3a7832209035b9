package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.DenseLayer;
import org.adapterstudio.engine.method.Kept;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainableCount;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * GLoRA (arXiv:2306.07967): W' = W + W o A + B and b' = b + b o D + E + W C. A and B are each a
 * thin product, a column, one number or nothing, C a thin product or a column, D and E a vector or
 * one number; without a bias there are no C, D and E. All start at zero.
 */
public final class Glora implements Method {
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
          long weight = 2 * GloraPath.count(knobs.text("config_a_b"), site.out(), site.in(), rank);
          long bias =
              GloraPath.count(knobs.text("config_c"), site.in(), 1, rank)
                  + 2 * GloraPath.count(knobs.text("config_d_e"), site.out(), 0, rank);
          return weight + (site.hasBias() ? bias : 0);
        });
  }

  /** The five paths of one layer. */
  private record Layer(Place place, GloraPath a, GloraPath b, GloraPath c, GloraPath d, GloraPath e)
      implements DenseLayer {
    static Layer start(Attachment at, Linear site) {
      int rank = at.rank(site);
      String weight = at.knobs().text("config_a_b");
      String inputs = site.hasBias() ? at.knobs().text("config_c") : "none";
      String outputs = site.hasBias() ? at.knobs().text("config_d_e") : "none";
      return new Layer(
          new Place(at.base(), site, 0),
          GloraPath.start(at, site, "A", weight, site.out(), site.in(), rank),
          GloraPath.start(at, site, "B", weight, site.out(), site.in(), rank),
          GloraPath.start(at, site, "C", inputs, site.in(), 1, rank),
          GloraPath.start(at, site, "D", outputs, site.out(), 0, rank),
          GloraPath.start(at, site, "E", outputs, site.out(), 0, rank));
    }

    @Override
    public NDArray delta(Pass pass) {
      Scope scope = pass.scope();
      return scope.call("glora_change", place.weight(scope), a.value(scope), b.value(scope));
    }

    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      NDArray y = DenseLayer.super.forward(pass, site, x);
      return biasChange(pass).map(added -> pass.scope().call("added_bias", y, added)).orElse(y);
    }

    @Override
    public Optional<NDArray> biasChange(Pass pass) {
      if (!place.site().hasBias()) {
        return Optional.empty();
      }
      Scope scope = pass.scope();
      NDArray bias = pass.parameter(place.site().bias());
      NDArray w = place.weight(scope);
      return Optional.of(
          scope.call("glora_bias", w, bias, c.value(scope), d.value(scope), e.value(scope)));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      for (GloraPath path : List.of(a, b, c, d, e)) {
        tensors.putAll(path.trained());
      }
      return tensors;
    }

    @Override
    public SequencedMap<String, Kept> kept() {
      var kept = new LinkedHashMap<String, Kept>();
      for (GloraPath path : List.of(a, b, c, d, e)) {
        kept.putAll(path.kept());
      }
      return kept;
    }
  }
}
