package org.adapterstudio.engine.resize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Event;
import org.adapterstudio.engine.inspect.Spectra;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.Attached;
import org.adapterstudio.engine.method.Method;
import org.adapterstudio.engine.method.Resizable;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.train.Trainer;
import org.adapterstudio.engine.train.Turn;

/**
 * A change of ranks that was checked and not yet carried out: either all of it happens or nothing.
 * The scale s of each layer stays, so that a step means what it meant; settings say so by an alpha
 * of the layer's own.
 */
public final class RankChange {
  private final AdaptedModel model;
  private final SequencedMap<String, Integer> wanted;
  private final int step;
  private final long seed;

  private RankChange(
      AdaptedModel model, SequencedMap<String, Integer> wanted, int step, long seed) {
    this.model = model;
    this.wanted = wanted;
    this.step = step;
    this.seed = seed;
  }

  /**
   * Checks a change.
   *
   * @param ranks by module name
   * @param step last update made
   * @throws StudioException where a layer is not there, cannot change, or cannot have that rank
   */
  public static RankChange of(AdaptedModel model, Map<String, Integer> ranks, int step, long seed) {
    requireAble(model.settings());
    var wanted = new LinkedHashMap<String, Integer>();
    ranks.forEach(
        (module, rank) -> {
          Resizable layer = resizable(model, module);
          requireFits(layer.site(), rank);
          if (rank != Resized.rank(layer)) {
            wanted.put(module, rank);
          }
        });
    return new RankChange(model, wanted, step, seed);
  }

  private static void requireAble(Recipe.Adapter settings) {
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    if (!card.can(MethodCard.Capability.CHANGES_RANKS)) {
      throw StudioException.badInput(
          "Layers of " + card.title() + " are no plain products; their ranks stay as they are.",
          "Start a run with other ranks.");
    }
  }

  private static Resizable resizable(AdaptedModel model, String module) {
    TrainedLayer layer = model.attached().layers().get(module);
    if (layer == null) {
      throw StudioException.badInput(
          "No layer " + module + " is adapted in this run.", "Name layers as the spectra do.");
    }
    if (layer instanceof Resizable resizable && resizable.resizes()) {
      return resizable;
    }
    throw StudioException.badInput(
        "The start \"%s\" took a product of the first rank out of the base; the rank of %s stays."
            .formatted(model.settings().initializer(), module),
        "Start a run with other ranks.");
  }

  private static void requireFits(Linear site, int rank) {
    int most = Math.min(site.in(), site.out());
    if (rank < 1 || rank > most) {
      throw StudioException.badInput(
          "Rank %d does not fit the layer %s of %d x %d."
              .formatted(rank, site.module(), site.out(), site.in()),
          "Use a rank from 1 to " + most + ".");
    }
  }

  /** Carries it out between two steps; nothing where every layer has its rank already. */
  public Optional<Event.RankChanged> carryOut(Trainer trainer) {
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    long before = model.attached().trainableCount();
    double all = squares();
    var told = new ArrayList<Event.RankChanged.Layer>();
    try (Scope scope = Kernels.get().unrecorded()) {
      var made = new LinkedHashMap<String, Resized>();
      wanted.forEach((module, rank) -> made.put(module, resized(scope, layer(module), rank)));
      Recipe.Adapter settings = settings();
      var turns = new LinkedHashMap<String, Turn>();
      var layers = new LinkedHashMap<String, TrainedLayer>();
      made.forEach(
          (module, at) -> {
            Resizable old = layer(module);
            int rank = wanted.get(module);
            told.add(new Event.RankChanged.Layer(module, Resized.rank(old), rank, at.error()));
            Resizable next = at.layer(old, model.owner(), alpha(settings, old.site()));
            layers.put(module, next);
            turns.putAll(turns(old, next, at));
          });
      var old = wanted.sequencedKeySet().stream().map(this::layer).toList();
      model.replace(layers, settings);
      trainer.turn(step, turns);
      old.forEach(RankChange::close);
    }
    double cut = told.stream().mapToDouble(layer -> layer.error() * layer.error()).sum();
    long after = model.attached().trainableCount();
    return Optional.of(new Event.RankChanged(step, told, before, after, all == 0 ? 0 : cut / all));
  }

  private Resizable layer(String module) {
    return (Resizable) model.attached().layers().get(module);
  }

  private double alpha(Recipe.Adapter settings, Linear site) {
    return TargetSelection.alpha(settings, model.network(), site);
  }

  private Resized resized(Scope scope, Resizable layer, int rank) {
    return rank < Resized.rank(layer)
        ? Resized.cut(scope, layer, rank)
        : Resized.grown(scope, layer, rank, new Draw(seed, step, 0));
  }

  /** The names of A and B in the file stay; only what stands under them changes. */
  private static Map<String, Turn> turns(Resizable old, Resizable next, Resized at) {
    var turns = new LinkedHashMap<String, Turn>();
    old.tensors()
        .forEach(
            (suffix, array) -> {
              String name = Attached.PREFIX + old.site().module() + "." + suffix;
              if (array == old.factors().a()) {
                turns.put(name, new Turn(next.factors().a(), false, at.ofA()));
              } else if (array == old.factors().b()) {
                turns.put(name, new Turn(next.factors().b(), true, at.ofB()));
              }
            });
    return turns;
  }

  private static void close(Resizable layer) {
    layer.factors().a().close();
    layer.factors().b().close();
  }

  /** Squared singular values of all layers' changes together. */
  private double squares() {
    return Spectra.of(model).stream().mapToDouble(layer -> layer.norm() * layer.norm()).sum();
  }

  /** Every layer's rank and alpha by its whole name, where they are not the common ones. */
  private Recipe.Adapter settings() {
    Recipe.Adapter now = model.settings();
    var ranks = new LinkedHashMap<String, Integer>();
    var alphas = new LinkedHashMap<String, Double>();
    for (Linear site : targets(now)) {
      Resizable layer = layer(site.module());
      int rank = wanted.getOrDefault(site.module(), Resized.rank(layer));
      boolean stays = !wanted.containsKey(site.module());
      double alpha = stays ? alpha(now, site) : layer.alphaFor(rank);
      if (rank != now.rank()) {
        ranks.put(site.module(), rank);
      }
      if (alpha != now.alpha()) {
        alphas.put(site.module(), alpha);
      }
    }
    return now.scaled(now.rank(), now.alpha(), ranks, alphas);
  }

  private List<Linear> targets(Recipe.Adapter settings) {
    MethodCard card = MethodCatalogue.card("adapter", settings.method());
    return Method.of(card).targets(settings, model.network());
  }
}
