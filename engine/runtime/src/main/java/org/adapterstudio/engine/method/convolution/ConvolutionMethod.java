package org.adapterstudio.engine.method.convolution;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Place;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * A method of convolutions alone; "all-linear" means all of them. Its change can be decomposed
 * (DoRA, arXiv:2402.09353): W' = m (W + dW) / |W + dW| with a trained length m for every output
 * channel, the length in the denominator taken as a constant.
 */
interface ConvolutionMethod extends Method {
  /** Knob: whether lengths are trained apart from directions. */
  String DECOMPOSE = "decompose";

  /** The update of one kernel at its start, which is no change. */
  KernelUpdate start(Attachment at, Linear site, int rank, double s);

  /** How many numbers an update trains. */
  long count(Recipe.Adapter settings, Linear site, int rank);

  @Override
  default Attached attach(Attachment at) {
    var layers = new LinkedHashMap<String, TrainedLayer>();
    for (Linear site : at.targets()) {
      int rank = at.rank(site);
      KernelUpdate update = start(at, site, rank, at.alpha(site) / rank);
      Place place = Place.of(at, site);
      layers.put(site.module(), new Layer(place, update, magnitude(at, place)));
    }
    return Attached.of(layers);
  }

  private static Optional<NDArray> magnitude(Attachment at, Place place) {
    if (!at.flag(DECOMPOSE)) {
      return Optional.empty();
    }
    try (Scope work = Kernels.get().unrecorded()) {
      return Optional.of(at.owner().adopt(work.call("kernel_lengths", place.weight(work))));
    }
  }

  @Override
  default List<Linear> targets(Recipe.Adapter settings, Network network) {
    boolean all = settings.targetModules().asText().equals("all-linear");
    if (!all) {
      return Method.super.targets(settings, network);
    }
    var convolutions =
        network.sites().stream()
            .filter(this::takes)
            .filter(site -> !network.heads().contains(site))
            .toList();
    if (convolutions.isEmpty()) {
      throw StudioException.badInput(
          "adapter.method %s adapts convolutions, and this model has none."
              .formatted(settings.method()),
          "Choose a method for linear layers, such as lora.");
    }
    return convolutions;
  }

  @Override
  default boolean takes(Linear site) {
    return site.form() instanceof Linear.Window;
  }

  @Override
  default OptionalLong trainable(Recipe.Adapter settings, Network network) {
    JsonNode decompose = settings.knobs().get(DECOMPOSE);
    long count = 0;
    for (Linear site : targets(settings, network)) {
      count += count(settings, site, TargetSelection.rank(settings, network, site));
      count += decompose != null && decompose.asBoolean() ? site.out() : 0;
    }
    return OptionalLong.of(count);
  }

  /**
   * One convolution.
   *
   * @param magnitude trained lengths [out], where they are trained
   */
  record Layer(Place place, KernelUpdate update, Optional<NDArray> magnitude)
      implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      return pass.convolved(site, x);
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<>(update.tensors());
      magnitude.ifPresent(lengths -> tensors.put("lora_magnitude_vector", lengths));
      return tensors;
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      return Optional.of(change(pass.scope()));
    }

    private NDArray change(Scope scope) {
      NDArray change = update.change(scope);
      return magnitude
          .map(m -> scope.call("decomposed_change", place.weight(scope), change, m))
          .orElse(change);
    }

    @Override
    public Optional<LowRank> plain(Pass pass) {
      return magnitude.isPresent() ? Optional.empty() : Optional.of(update.factors(pass.scope()));
    }

    @Override
    public Optional<LowRank> product(Scope scope) {
      return magnitude.isPresent() ? Optional.empty() : Optional.of(update.factors(scope));
    }

    @Override
    public Optional<NDArray> singularValues(Scope scope) {
      return Optional.of(scope.call("singular_values", change(scope)));
    }
  }
}
