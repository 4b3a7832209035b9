package org.adapterstudio.engine.method.vector;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Lent;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * (IA)3 (arXiv:2205.05638): one trained vector l for each layer, all ones at first. An ordinary
 * layer's output is scaled, bias included: y = l o (W x + b), l [out, 1]. The layers that {@code
 * feedforward_modules} names have their input scaled: y = W (l o x) + b, l [1, in].
 */
public final class Ia3 implements Method {
  @Override
  public Attached attach(Attachment at) {
    return Attached.each(at, site -> layer(at, site));
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    List<String> names = Method.knobs(settings).names("feedforward_modules");
    return OptionalLong.of(
        TargetSelection.of(settings, network).stream()
            .mapToLong(site -> scalesInput(names, network, site) ? site.in() : site.out())
            .sum());
  }

  private static boolean scalesInput(List<String> names, Network network, Linear site) {
    String inMemory = network.inMemory(site.module());
    return names.stream().anyMatch(name -> site.module().endsWith(name) || inMemory.endsWith(name));
  }

  private static TrainedLayer layer(Attachment at, Linear site) {
    boolean input = scalesInput(at.knobs().names("feedforward_modules"), at.base().network(), site);
    float[] ones = new float[input ? site.in() : site.out()];
    Arrays.fill(ones, 1);
    NDArray l =
        input ? at.owner().floats(ones, 1, ones.length) : at.owner().floats(ones, ones.length, 1);
    return new Layer(site, l, input);
  }

  /** The vector of one layer. */
  private record Layer(Linear site, NDArray l, boolean input) implements TrainedLayer {
    @Override
    public NDArray forward(Pass pass, Linear at, NDArray x) {
      Scope scope = pass.scope();
      return input
          ? pass.frozen(site, scope.call("ia3_scaled", x, l))
          : scope.call("ia3_scaled", pass.frozen(site, x), l);
    }

    @Override
    public Optional<NDArray> change(Pass pass) {
      Scope scope = pass.scope();
      try (Lent w = pass.weight(site)) {
        NDArray rows = site.transposed() ? scope.call("transposed_view", w.array()) : w.array();
        return Optional.of(scope.call("ia3_change", rows, l));
      }
    }

    @Override
    public Optional<NDArray> biasChange(Pass pass) {
      return input || !site.hasBias()
          ? Optional.empty()
          : Optional.of(pass.scope().call("ia3_bias_change", pass.parameter(site.bias()), l));
    }

    @Override
    public SequencedMap<String, NDArray> tensors() {
      var tensors = new LinkedHashMap<String, NDArray>();
      tensors.put("ia3_l", l);
      return tensors;
    }
  }
}
