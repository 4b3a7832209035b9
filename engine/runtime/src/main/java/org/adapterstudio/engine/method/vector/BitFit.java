package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * BitFit (arXiv:2106.10199): trains biases alone: y = W x + (b + db). Every bias of the base, or
 * those of the targets, is trained in its place; a target without one gets one, zero at first. So
 * the result merges only where the base has all the biases.
 */
public final class BitFit implements Method {
  @Override
  public Attached attach(Attachment at) {
    Network network = at.base().network();
    var overrides = new LinkedHashMap<String, NDArray>();
    for (String bias : biases(at.knobs(), at.targets(), network)) {
      overrides.put(bias, at.copyOf(bias));
    }
    var layers = new LinkedHashMap<String, TrainedLayer>();
    at.targets().stream()
        .filter(site -> !site.hasBias())
        .forEach(site -> layers.put(site.module(), new Layer(at.zeros(site.out()))));
    return Attached.overriding(overrides).with(layers);
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    List<Linear> targets = TargetSelection.of(settings, network);
    SequencedMap<String, long[]> parameters = network.parameters();
    long had =
        biases(Method.knobs(settings), targets, network).stream()
            .mapToLong(bias -> parameters.get(bias)[0])
            .sum();
    return OptionalLong.of(
        had + targets.stream().filter(site -> !site.hasBias()).mapToLong(Linear::out).sum());
  }

  private static List<String> biases(KnobValues knobs, List<Linear> targets, Network network) {
    var all = network.parameters().sequencedKeySet();
    return knobs.text("terms").equals("all")
        ? all.stream().filter(name -> name.endsWith(".bias")).toList()
        : targets.stream().filter(Linear::hasBias).map(Linear::bias).filter(all::contains).toList();
  }

  /** A bias where the layer has none. */
  private record Layer(NDArray bias) implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear site, NDArray x) {
      return pass.scope().call("bitfit_shifted", pass.frozen(site, x), bias);
    }

    @Override
    public Optional<NDArray> biasChange(Pass pass) {
      return Optional.of(bias);
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("bitfit_bias", bias);
      return tensors;
    }
  }
}
