package org.adapterstudio.engine.method.transform;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.adapterstudio.contract.StudioException;
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
 * RoAd (arXiv:2409.00119): y = R (W x + b), where R turns each pair of outputs by an angle and
 * scales it. A pair is an output and the one half a group further. Variant 1 has one angle and
 * scale a pair, variant 2 one a row, variant 4 one for each of the four entries. The bias is turned
 * with the rest.
 */
public final class Road implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> Layer.start(at, site));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return TrainableCount.over(
        settings, network, (knobs, site) -> 2L * size(knobs.text("variant"), site));
  }

  /** Angles of a layer, and scales. */
  private static int size(String variant, Linear site) {
    return switch (variant) {
      case "road_1" -> site.out() / 2;
      case "road_2" -> site.out();
      default -> 2 * site.out();
    };
  }

  /** The group as asked for, or the largest even one below it that divides the outputs. */
  private static int group(Attachment at, Linear site) {
    int wish = at.knobs().whole("group_size");
    return IntStream.iterate(wish, group -> group > 1, group -> group - 1)
        .filter(group -> group % 2 == 0 && site.out() % group == 0)
        .findFirst()
        .orElseThrow(
            () ->
                StudioException.badInput(
                    "adapter.method road: %s has %d outputs, which make no pairs."
                        .formatted(site.module(), site.out()),
                    "Leave the layer out of adapter.target_modules."));
  }

  /**
   * One layer.
   *
   * @param first which angle and scale an output reads for itself
   * @param second which for its partner
   * @param half distance of partners
   */
  private record Layer(
      Place place, NDArray theta, NDArray alpha, NDArray first, NDArray second, int half)
      implements TrainedLayer {
    static Layer start(Attachment at, Linear site) {
      String variant = at.knobs().text("variant");
      int group = group(at, site);
      int half = group / 2;
      float[] ones = new float[size(variant, site)];
      Arrays.fill(ones, 1);
      return new Layer(
          new Place(at.base(), site, 0),
          at.zeros(ones.length),
          at.owner().floats(ones, ones.length),
          read(at, site, i -> source(variant, group, i, 0)),
          read(at, site, i -> source(variant, group, i, group)),
          half);
    }

    /** Variant 4 keeps a group's own angles first, then those of the partners. */
    private static int source(String variant, int group, int output, int behind) {
      int half = group / 2;
      return switch (variant) {
        case "road_1" -> output / group * half + output % half;
        case "road_2" -> output;
        default -> output / group * 2 * group + behind + output % group;
      };
    }

    private static NDArray read(Attachment at, Linear site, IntUnaryOperator source) {
      long[] from = IntStream.range(0, site.out()).map(source).asLongStream().toArray();
      return at.owner().longs(from, from.length);
    }

    private NDArray call(Scope scope, String kernel, NDArray on) {
      return scope.call(kernel, on, theta, alpha, first, second, scope.sizes(half));
    }

    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      return call(pass.scope(), "road_rotated", pass.frozen(site, x));
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      return Optional.of(call(pass.scope(), "road_change", place.weight(pass.scope())));
    }

    @Override
    public Optional<NDArray> biasChange(Pass pass) {
      if (!place.site().hasBias()) {
        return Optional.empty();
      }
      Scope scope = pass.scope();
      NDArray b = scope.call("to_float32", pass.parameter(place.site().bias()));
      return Optional.of(scope.call("subtract", call(scope, "road_rotated", b), b));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("road_theta", theta);
      tensors.put("road_alpha", alpha);
      return tensors;
    }
  }
}
