package org.adapterstudio.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.adapterstudio.engine.kernel.Scope;

/** AdamW (arXiv:1711.05101) with PyTorch's defaults: beta 0.9 and 0.999, eps 1e-8, decay on all. */
public final class AdamW implements Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPS = 1e-8;

  private final SequencedMap<String, NDArray> means = new LinkedHashMap<>();
  private final SequencedMap<String, NDArray> variances = new LinkedHashMap<>();
  private List<NDArray> trained;
  private double weightDecay;

  @Override
  public void prepare(SequencedMap<String, NDArray> trainable, double decay, Scope owner) {
    trained = List.copyOf(trainable.values());
    weightDecay = decay;
    trainable.forEach(
        (name, array) -> {
          means.put("m." + name, owner.zeros(array.getShape().getShape()));
          variances.put("v." + name, owner.zeros(array.getShape().getShape()));
        });
  }

  @Override
  public void update(
      Scope scope, List<NDArray> gradients, long step, double learningRate, double factor) {
    scope.callLists(
        "adamw",
        List.of(trained, gradients, List.copyOf(means.values()), List.copyOf(variances.values())),
        scope.doubles(learningRate, BETA1, BETA2, EPS, weightDecay, step, factor));
  }

  @Override
  public SequencedMap<String, NDArray> state() {
    var state = new LinkedHashMap<String, NDArray>(means);
    state.putAll(variances);
    return state;
  }
}
