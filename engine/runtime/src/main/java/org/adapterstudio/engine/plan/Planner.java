package org.adapterstudio.engine.plan;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.adapterstudio.contract.method.CountFormula;
import org.adapterstudio.contract.method.Knob;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.engine.method.Initializer;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.WholeParameters;
import org.adapterstudio.engine.model.BaseModel;
import org.adapterstudio.engine.model.Storage;
import org.adapterstudio.engine.model.family.Networks;
import org.adapterstudio.engine.model.network.Network;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.quant.Quantization;

/** What a recipe will need, from the config alone: nothing is loaded. All sizes in bytes. */
public final class Planner {
  private static final long FLOAT = 4;

  /** JVM, LibTorch, their caches and compilers, measured on real runs. */
  private static final long RESERVE = 175L << 20;

  /** Bytes that a thousand steps of events take, spectra included. */
  private static final long EVENTS_PER_STEP = 2_000;

  private Planner() {}

  /** Trained numbers by the card's formula, plus modules trained whole. */
  public static long trainable(Recipe.Adapter settings, Network network) {
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    if (card.can(MethodCard.Capability.REPLACES_BASE)) {
      return Method.of(card).replaced(network).values().stream().mapToLong(Planner::size).sum();
    }
    Method method = Method.of(card);
    var counted = method.trainable(settings, network);
    long count = counted.orElse(0);
    var targeted = new HashSet<String>();
    for (Linear site : method.targets(settings, network)) {
      targeted.add(site.module());
      if (counted.isEmpty()) {
        count += CountFormula.evaluate(card.trainable(), sizes(card, settings, network, site));
      }
    }
    var whole = WholeParameters.of(settings, network, targeted);
    return count + whole.values().stream().mapToLong(Planner::size).sum();
  }

  /** What a card's formula may name: r, in, out and the method's whole-number knobs. */
  private static Map<String, Long> sizes(
      MethodCard card, Recipe.Adapter settings, Network network, Linear site) {
    var sizes = new HashMap<String, Long>();
    for (Knob knob : card.knobs()) {
      if (knob instanceof Knob.Whole whole && settings.knobs().containsKey(whole.key())) {
        sizes.put(whole.key(), settings.knobs().get(whole.key()).asLong());
      } else if (knob instanceof Knob.Whole whole) {
        sizes.put(whole.key(), whole.initialValue());
      }
    }
    sizes.put("r", (long) TargetSelection.rank(settings, network, site));
    sizes.put("in", (long) site.in());
    sizes.put("out", (long) site.out());
    return sizes;
  }

  /** Peak memory of training, by part. */
  public static Reply.Memory memory(Recipe recipe, Network network, Load load) {
    Path folder = Path.of(recipe.model().path());
    long trained = trainable(recipe.adapter(), network);
    Storage storage = Storage.of(recipe);
    var held = BaseModel.held(folder, network, storage, frozen(recipe.adapter(), network));
    return new Reply.Memory(
        held.own() + recoded(recipe, network, storage),
        held.mapped(),
        trained * FLOAT,
        trained * FLOAT,
        2 * trained * FLOAT,
        Activations.of(recipe, network, storage, load),
        RESERVE);
  }

  /** A second set of codes, where the start codes the base anew for its layers. */
  private static long recoded(Recipe recipe, Network network, Storage storage) {
    Recipe.Adapter settings = recipe.adapter();
    boolean codes = storage.quantization() != Quantization.NONE;
    if (!codes || !Initializer.of(settings).recodes(settings)) {
      return 0;
    }
    return TargetSelection.of(settings, network).stream()
        .mapToLong(site -> storage.quantization().bytes(site.out(), site.in()))
        .sum();
  }

  /** Layers whose weights stay as they are. */
  private static List<Linear> frozen(Recipe.Adapter settings, Network network) {
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    return card.can(MethodCard.Capability.REPLACES_BASE) ? List.of() : network.linears();
  }

  /** What the run writes: checkpoints at their limit, one being written, result and events. */
  public static long diskBytes(Recipe recipe) {
    Network network = Networks.read(Path.of(recipe.model().path()));
    long trained = trainable(recipe.adapter(), network) * FLOAT;
    int steps = recipe.training().maxSteps() > 0 ? recipe.training().maxSteps() : 10_000;
    return 3 * trained * (recipe.training().saveTotalLimit() + 2L)
        + trained
        + EVENTS_PER_STEP * steps;
  }

  private static long size(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }
}
