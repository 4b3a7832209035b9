package org.adapterstudio.engine.method.place;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;

/**
 * LN tuning (arXiv:2312.11420): trains gain and shift of the norms, in place of the base's, and
 * nothing else. "all-linear" means every norm.
 */
public final class LnTuning implements Method {
  private static final String TRAINED = ".ln_tuning_layers";

  @Override
  public Attached attach(Attachment at) {
    var overrides = new LinkedHashMap<String, NDArray>();
    var spelled = new LinkedHashMap<String, String>();
    for (String name : parameters(at.settings(), at.base().network()).keySet()) {
      int dot = name.lastIndexOf('.');
      overrides.put(name, at.copyOf(name));
      spelled.put(name, name.substring(0, dot) + TRAINED + name.substring(dot));
    }
    return Attached.overriding(overrides, spelled);
  }

  @Override
  public List<Linear> targets(Recipe.Adapter settings, Network network) {
    return List.of();
  }

  @Override
  public List<String> modules(Recipe.Adapter settings, Network network) {
    return TargetSelection.among(network.norms(), settings, network, "norm");
  }

  @Override
  public OptionalLong trainable(Recipe.Adapter settings, Network network) {
    return OptionalLong.of(
        parameters(settings, network).values().stream().mapToLong(shape -> shape[0]).sum());
  }

  private SequencedMap<String, long[]> parameters(Recipe.Adapter settings, Network network) {
    var parameters = new LinkedHashMap<String, long[]>();
    for (String module : modules(settings, network)) {
      for (String name : List.of(module + ".weight", module + ".bias")) {
        long[] shape = network.parameters().get(name);
        if (shape != null) {
          parameters.put(name, shape);
        }
      }
    }
    return parameters;
  }
}
