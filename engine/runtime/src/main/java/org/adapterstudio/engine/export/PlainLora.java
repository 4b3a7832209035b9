package org.adapterstudio.engine.export;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.TargetSelection;
import org.adapterstudio.engine.method.TrainedLayer;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.LowRank;
import org.adapterstudio.engine.model.pass.Pass;

/**
 * An adapter of any method as a plain LoRA on the original base: exactly where the method is one (a
 * residual start as [A; A0], [B, -B0] of rank 2r), else the best approximation by singular values.
 *
 * @param model the LoRA; the caller closes it
 * @param lost norm of what the approximation leaves out, as a share of the change's norm
 */
public record PlainLora(AdaptedModel model, double lost) implements AutoCloseable {
  /**
   * How far an approximation goes.
   *
   * @param rank most components of a layer; null is as many as {@code energy} asks
   * @param energy share of the squared singular values to keep; null is all that the rank allows
   */
  public record Limit(Integer rank, Double energy) {
    /** Exact or not at all. */
    public static final Limit NONE = new Limit(null, null);

    boolean exact() {
      return rank == null && energy == null;
    }
  }

  /** One layer's LoRA and how much of its change it leaves out, squared. */
  private record Pair(LowRank update, double lost, double whole) {}

  /** A model's adapter as plain LoRA. */
  public static PlainLora of(AdaptedModel model, Limit limit) {
    return of(model, (scope, site) -> pair(scope, model, site, limit), true);
  }

  /**
   * Updates of chosen layers as plain LoRA.
   *
   * @param update of a layer of the model
   */
  static PlainLora exactly(
      AdaptedModel model, BiFunction<Scope, TrainedLayer, LowRank> update, boolean wholeModules) {
    return of(
        model,
        (scope, site) ->
            new Pair(update.apply(scope, model.attached().layers().get(site.module())), 0, 0),
        wholeModules);
  }

  private static PlainLora of(
      AdaptedModel model, BiFunction<Scope, Linear, Pair> pairs, boolean wholeModules) {
    List<Linear> sites =
        model.network().linears().stream()
            .filter(site -> model.attached().layers().containsKey(site.module()))
            .toList();
    if (sites.isEmpty() || sites.size() < model.attached().layers().size()) {
      throw notPlain(model); // tables and convolutions are no linear layers
    }
    try (Scope work = Kernels.get().inference()) {
      sites.forEach(site -> refuseBeyond(model, site, Pass.still(work, model.weights())));
      var made = new LinkedHashMap<Linear, Pair>();
      sites.forEach(site -> made.put(site, fitting(work, site, pairs.apply(work, site))));
      var settings = settings(model, made, wholeModules);
      AdaptedModel lora = AdaptedModel.attach(model.base(), settings, 0);
      try {
        made.forEach((site, pair) -> assign(work, lora, site, pair.update()));
        if (wholeModules) {
          assignWhole(work, model, lora);
        }
        double lost = made.values().stream().mapToDouble(Pair::lost).sum();
        double whole = made.values().stream().mapToDouble(Pair::whole).sum();
        return new PlainLora(lora, lost == 0 ? 0 : Math.sqrt(lost / whole));
      } catch (RuntimeException e) {
        lora.close();
        throw e;
      }
    }
  }

  private static Pair pair(Scope scope, AdaptedModel model, Linear site, Limit limit) {
    Pass pass = Pass.still(scope, model.weights());
    TrainedLayer layer = model.attached().layers().get(site.module());
    Optional<LowRank> exact = layer.plain(pass);
    boolean fits = exact.isPresent() && limit.energy() == null;
    if (fits && (limit.rank() == null || exact.get().a().getShape().get(0) <= limit.rank())) {
      return new Pair(exact.get(), 0, 0);
    }
    if (limit.exact()) {
      throw notPlain(model);
    }
    NDArray change = layer.change(pass).orElseThrow(() -> notPlain(model));
    return best(scope, change, limit);
  }

  /** What a plain LoRA on this base could not carry. */
  private static void refuseBeyond(AdaptedModel model, Linear site, Pass pass) {
    TrainedLayer layer = model.attached().layers().get(site.module());
    if (layer.biasChange(pass).isPresent()) {
      throw StudioException.badInput(
          "A plain LoRA would lose what was trained of %s: its bias is moved too."
              .formatted(site.module()),
          "Export the adapter in its own form, or its dense change.");
    }
    if (layer.recoding().isPresent()) {
      throw StudioException.badInput(
          "After several rounds %s belongs to a base coded anew for it; a plain LoRA would be read on another."
              .formatted(
                  MethodCatalogue.card("initializer", model.settings().initializer()).title()),
          "Export the adapter in its own form, its dense change, or merged.");
    }
  }

  /** The largest singular components of a change. */
  private static Pair best(Scope scope, NDArray change, Limit limit) {
    List<NDArray> parts = scope.callAll("low_rank_parts", List.of(), change);
    float[] values = parts.get(2).toFloatArray();
    double whole = squares(values, 0);
    int most = limit.rank() == null ? values.length : Math.min(limit.rank(), values.length);
    int rank = most;
    if (limit.energy() != null) {
      rank = 1;
      while (rank < most && whole - squares(values, rank) < limit.energy() * whole) {
        rank++;
      }
    }
    NDArray zero = scope.scalar(0);
    NDArray end = scope.scalar(rank);
    NDArray a = scope.call("start_rows", parts.get(1), zero, end);
    NDArray b = scope.call("start_columns", parts.get(0), zero, end);
    return new Pair(new LowRank(a, b, 1), squares(values, rank), whole);
  }

  private static double squares(float[] values, int from) {
    double sum = 0;
    for (int i = from; i < values.length; i++) {
      sum += (double) values[i] * values[i];
    }
    return sum;
  }

  /** A product of more columns than the layer has is as exactly one of as many as it has. */
  private static Pair fitting(Scope scope, Linear site, Pair pair) {
    LowRank update = pair.update();
    int most = Math.min(site.in(), site.out());
    if (update.a().getShape().get(0) <= most) {
      return pair;
    }
    NDArray change =
        scope.call("low_rank_product", update.a(), update.b(), scope.scalar(update.s()));
    Pair whole = best(scope, change, new Limit(most, null));
    return new Pair(whole.update(), pair.lost(), pair.whole());
  }

  private static Recipe.Adapter settings(
      AdaptedModel model, SequencedMap<Linear, Pair> pairs, boolean wholeModules) {
    Recipe.Adapter given = model.settings();
    boolean stable = given.knobs().getOrDefault("use_rslora", Json.tree(false)).asBoolean();
    LowRank common = pairs.firstEntry().getValue().update();
    int rank = rank(common);
    double alpha = alpha(common, stable);
    var ranks = new LinkedHashMap<String, Integer>();
    var alphas = new LinkedHashMap<String, Double>();
    pairs.forEach(
        (site, pair) -> {
          if (rank(pair.update()) != rank) {
            ranks.put(site.module(), rank(pair.update()));
          }
          if (alpha(pair.update(), stable) != alpha) {
            alphas.put(site.module(), alpha(pair.update(), stable));
          }
        });
    return new Recipe.Adapter(
        "lora",
        rank,
        alpha,
        given.dropout(),
        targets(model, List.copyOf(pairs.keySet())),
        given.layersToTransform(),
        ranks,
        alphas,
        wholeModules ? given.modulesToSave() : List.of(),
        wholeModules ? given.bias() : "none",
        stable ? Map.of("use_rslora", Json.tree(true)) : Map.of(),
        null);
  }

  private static int rank(LowRank update) {
    return (int) update.a().getShape().get(0);
  }

  /** Alpha that gives an update its scale; what rounding leaves behind a whole number goes. */
  private static double alpha(LowRank update, boolean stable) {
    double alpha = update.s() * (stable ? Math.sqrt(rank(update)) : rank(update));
    return Math.abs(alpha - Math.rint(alpha)) < 1e-9 ? Math.rint(alpha) : alpha;
  }

  /** The recipe's own words where they still mean these layers, else their names. */
  private static JsonNode targets(AdaptedModel model, List<Linear> sites) {
    JsonNode given = model.settings().targetModules();
    boolean same = TargetSelection.of(model.settings(), model.network()).equals(sites);
    return same ? given : Json.tree(sites.stream().map(Linear::module).toList());
  }

  private static void assign(Scope work, AdaptedModel lora, Linear site, LowRank update) {
    var tensors = lora.attached().layers().get(site.module()).tensors();
    work.call("assign", tensors.get("lora_A.weight"), update.a());
    work.call("assign", tensors.get("lora_B.weight"), update.b());
  }

  private static void assignWhole(Scope work, AdaptedModel model, AdaptedModel lora) {
    var wanted = lora.attached().overrides();
    var given = model.attached().overrides();
    if (!wanted.keySet().equals(given.keySet())) {
      throw notPlain(model);
    }
    given.forEach((name, array) -> work.call("assign", wanted.get(name), array));
  }

  private static StudioException notPlain(AdaptedModel model) {
    MethodCard card = MethodCatalogue.card("adapter", model.settings().method());
    return StudioException.badInput(
        card.title() + " is not exactly a plain LoRA.",
        "Give a rank or an energy for the best approximation, or export the dense change.");
  }

  @Override
  public void close() {
    model.close();
  }
}
