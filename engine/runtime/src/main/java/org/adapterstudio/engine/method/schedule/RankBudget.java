package org.adapterstudio.engine.method.schedule;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.KnobValues;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Attachment;
import org.adapterstudio.engine.method.Schedule;
import org.adapterstudio.engine.method.schedule.AdaLora.Triplets;

/**
 * AdaLoRA's schedule. Every entry p has a sensitivity I = mean of |p dp| over steps and an
 * uncertainty U = mean of how far |p dp| is from I; a rank's score is that of its E plus the means
 * over its row of A and its column of B of I U. E is zero where the score is not among the best.
 */
final class RankBudget implements Schedule {
  private final SequencedMap<String, Triplets> layers;
  private final SequencedMap<String, Running> running = new LinkedHashMap<>();
  private final SequencedMap<String, NDArray> masks = new LinkedHashMap<>();
  private final KnobValues knobs;
  private final int given;
  private CubicBudget budget;

  /** The two running means of one trained array. */
  private record Running(NDArray sensitivity, NDArray uncertainty) {}

  RankBudget(Attachment at, SequencedMap<String, Triplets> layers) {
    this.layers = layers;
    this.knobs = at.knobs();
    this.given = knobs.whole("total_step");
    layers.forEach(
        (module, layer) -> {
          layer
              .tensors()
              .forEach((suffix, array) -> running.put(name(layer, suffix), zero(at, array)));
          float[] ones = new float[(int) layer.e().size()];
          Arrays.fill(ones, 1);
          masks.put(module, at.owner().floats(ones, ones.length, 1));
        });
    // A run without steps still tells PEFT a schedule that fits.
    budget = budget(knobs.whole("tinit") + knobs.whole("tfinal") + 1);
  }

  private static Running zero(Attachment at, NDArray array) {
    long[] shape = array.getShape().getShape();
    return new Running(at.zeros(shape), at.zeros(shape));
  }

  private static String name(Triplets layer, String suffix) {
    return Attached.PREFIX + layer.module() + "." + suffix;
  }

  @Override
  public void begin(int totalSteps) {
    budget = budget(totalSteps);
    if (budget.warmup() >= budget.last()) {
      throw StudioException.badInput(
          "adapter.knobs.tinit %d and tfinal %d leave no step of %d in which ranks are taken away."
              .formatted(budget.warmup(), budget.settling(), budget.total()),
          "Lower them, or train for more steps.");
    }
  }

  private CubicBudget budget(int totalSteps) {
    int initial = layers.values().stream().mapToInt(layer -> (int) layer.e().size()).sum();
    return new CubicBudget(
        initial,
        Math.min(initial, knobs.whole("target_r") * layers.size()),
        knobs.whole("tinit"),
        knobs.whole("tfinal"),
        knobs.whole("delta_t"),
        given > 0 ? given : totalSteps);
  }

  /** Ranks of all layers at a step. */
  CubicBudget budget() {
    return budget;
  }

  /** Which ranks of a layer are left. */
  boolean[] left(String module) {
    float[] mask = masks.get(module).toFloatArray();
    boolean[] left = new boolean[mask.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = mask[i] != 0;
    }
    return left;
  }

  @Override
  public Optional<NDArray> penalty(Scope scope) {
    double weight = knobs.real("orth_reg_weight");
    if (weight == 0) {
      return Optional.empty();
    }
    var a = layers.values().stream().map(Triplets::a).toList();
    var b = layers.values().stream().map(Triplets::b).toList();
    return Optional.of(scope.callLists("orthogonality", List.of(a, b), scope.scalar(weight)));
  }

  @Override
  public boolean updated(Scope scope, int step, Map<String, NDArray> gradients) {
    if (step < budget.last()) {
      listen(scope, gradients);
    }
    if (budget.chooses(step)) {
      choose(scope, budget.initial() - budget.at(step));
    } else if (step > budget.last()) {
      layers.values().forEach(layer -> switchOff(scope, layer));
    }
    return false;
  }

  private void listen(Scope scope, Map<String, NDArray> gradients) {
    var p = new ArrayList<NDArray>();
    var g = new ArrayList<NDArray>();
    for (Triplets layer : layers.values()) {
      layer
          .tensors()
          .forEach(
              (suffix, array) -> {
                p.add(array);
                g.add(gradients.get(name(layer, suffix)));
              });
    }
    scope.callLists(
        "adalora_importance",
        List.of(
            p,
            g,
            running.values().stream().map(Running::sensitivity).toList(),
            running.values().stream().map(Running::uncertainty).toList()),
        scope.doubles(knobs.real("beta1"), knobs.real("beta2")));
  }

  /** Switches off all ranks whose score is not above that of the last one to go. */
  private void choose(Scope scope, int gone) {
    if (gone == 0) {
      return;
    }
    var scores = new LinkedHashMap<Triplets, float[]>();
    layers.values().forEach(layer -> scores.put(layer, scores(scope, layer)));
    float[] sorted = new float[budget.initial()];
    int at = 0;
    for (float[] of : scores.values()) {
      System.arraycopy(of, 0, sorted, at, of.length);
      at += of.length;
    }
    Arrays.sort(sorted);
    float threshold = sorted[gone - 1];
    scores.forEach((layer, of) -> mask(scope, layer, of, threshold));
  }

  private float[] scores(Scope scope, Triplets layer) {
    var of =
        layer.tensors().sequencedKeySet().stream()
            .map(suffix -> running.get(name(layer, suffix)))
            .toList();
    return scope
        .callLists(
            "adalora_scores",
            List.of(
                of.stream().map(Running::sensitivity).toList(),
                of.stream().map(Running::uncertainty).toList()))
        .toFloatArray();
  }

  private void mask(Scope scope, Triplets layer, float[] scores, float threshold) {
    float[] mask = new float[scores.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = scores[i] > threshold ? 1 : 0;
    }
    scope.call("assign", masks.get(layer.module()), scope.floats(mask, mask.length, 1));
    switchOff(scope, layer);
  }

  private void switchOff(Scope scope, Triplets layer) {
    scope.call("adalora_masked", layer.e(), masks.get(layer.module()));
  }

  @Override
  public SequencedMap<String, NDArray> state() {
    var state = new LinkedHashMap<String, NDArray>();
    running.forEach((name, of) -> state.put("sensitivity." + name, of.sensitivity()));
    running.forEach((name, of) -> state.put("uncertainty." + name, of.uncertainty()));
    masks.forEach((module, mask) -> state.put("mask." + module, mask));
    return state;
  }

  /** PEFT asks how many steps there were. */
  @Override
  public Recipe.Adapter settled(Recipe.Adapter settings) {
    return settings.turning("total_step", Json.tree(budget.total()));
  }
}
