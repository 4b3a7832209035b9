package org.adapterstudio.engine.arena;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import org.adapterstudio.contract.arena.ArenaPlan;
import org.adapterstudio.contract.arena.ArenaPlan.Contender;
import org.adapterstudio.contract.arena.Finding;
import org.adapterstudio.contract.arena.Interval;
import org.adapterstudio.contract.arena.Trial;
import org.adapterstudio.contract.json.Json;
import org.adapterstudio.contract.method.MethodCard;
import org.adapterstudio.contract.method.MethodCatalogue;

/**
 * Claims of the literature, looked at as directions on a small scale. Everyone has the same steps
 * and chooses a learning rate from the same few by the same rule, on a seed that does not count
 * afterwards; the other seeds are compared in pairs.
 */
final class Claims {
  /** Seeds that count. */
  static final int SEEDS = 5;

  private static final String LORA = "lora";
  private static final String RANK_ONE = "lora, rank 1";
  private static final String HIGH = "lora, rank 32";
  private static final String HIGH_STABLE = "rslora, rank 32";
  private static final double CLOSE = 0.9;

  private final ArenaPlan plan;
  private final List<Trial> made;

  Claims(ArenaPlan plan, List<Trial> made) {
    this.plan = plan;
    this.made = made;
  }

  /** Those that the claims are about, as far as the catalogue has them. */
  static List<Contender> contenders() {
    var all = new ArrayList<Contender>();
    all.add(lora(LORA, 8, Map.of(), null));
    start("pissa").ifPresent(all::add);
    start("loraga").ifPresent(all::add);
    start("lorasb").ifPresent(all::add);
    all.add(lora(RANK_ONE, 1, Map.of(), null));
    adapter("nola", 8).ifPresent(all::add);
    adapter("vera", 32).ifPresent(all::add);
    all.add(lora(HIGH, 32, Map.of(), LORA));
    all.add(lora(HIGH_STABLE, 32, Map.of("use_rslora", Json.tree(true)), LORA));
    return all;
  }

  private static Contender lora(
      String name, int rank, Map<String, JsonNode> knobs, String ratesOf) {
    return new Contender(name, name, Contenders.settings(LORA, rank, knobs, null), ratesOf);
  }

  /** A start state by its key, however that is hyphenated. */
  private static Optional<Contender> start(String key) {
    return card("initializer", key)
        .filter(card -> !card.suits().isEmpty())
        .map(
            card ->
                new Contender(
                    key,
                    card.title(),
                    Contenders.settings(method(card), 8, Map.of(), card.key()),
                    null));
  }

  private static String method(MethodCard start) {
    return start.suits().contains(LORA) ? LORA : start.suits().getFirst();
  }

  private static Optional<Contender> adapter(String key, int rank) {
    return card("adapter", key)
        .map(
            card ->
                new Contender(
                    key,
                    card.title(),
                    Contenders.settings(card.key(), rank, Map.of(), null),
                    null));
  }

  private static Optional<MethodCard> card(String kind, String key) {
    return MethodCatalogue.cards(kind).stream()
        .filter(card -> card.key().replaceAll("[-_]", "").equals(key))
        .findFirst();
  }

  /** What the runs say so far. */
  List<Finding> findings() {
    return List.of(
        fewerSteps("pissa", "PiSSA"),
        fewerSteps("loraga", "LoRA-GA"),
        staysClose(),
        worksBelowRankOne("nola", "NOLA"),
        worksBelowRankOne("vera", "VeRA"),
        keepsLearning());
  }

  private Finding fewerSteps(String name, String title) {
    String claim = title + " converges in fewer steps than LoRA";
    String measure =
        "steps that LoRA needs to its own last held-out loss, minus steps that %s needs to it"
            .formatted(title);
    return pairs(
        claim,
        measure,
        LORA,
        name,
        0,
        (lora, other) -> lora.stepsTo(lora.loss()) - other.stepsTo(lora.loss()));
  }

  private Finding staysClose() {
    return pairs(
        "LoRA-SB stays close to LoRA with far fewer trained numbers",
        "LoRA-SB's share of the fall of the held-out loss that LoRA reaches; close is above 0.9",
        LORA,
        "lorasb",
        CLOSE,
        (lora, other) -> gain(other) / gain(lora));
  }

  private Finding worksBelowRankOne(String name, String title) {
    String claim = title + " works with fewer trained numbers than LoRA of rank one";
    String measure =
        title + "'s share of the fall of the held-out loss that LoRA of rank one reaches";
    Map<Long, Trial> few = last(name);
    Map<Long, Trial> one = last(RANK_ONE);
    if (!few.isEmpty() && !one.isEmpty() && count(few) >= count(one)) {
      return Finding.missing(
          claim,
          measure,
          "Not below: %d trained numbers, LoRA of rank one %d.".formatted(count(few), count(one)));
    }
    return pairs(claim, measure, RANK_ONE, name, 0, (lora, other) -> gain(other) / gain(lora));
  }

  private Finding keepsLearning() {
    return pairs(
        "rsLoRA keeps learning at high rank",
        "held-out loss of LoRA of rank 32 minus that of rsLoRA of rank 32, both at the rate that"
            + " LoRA of rank 8 chose",
        HIGH,
        HIGH_STABLE,
        0,
        (lora, other) -> lora.loss() - other.loss());
  }

  private static double gain(Trial trial) {
    return trial.heldOut().getFirst().loss() - trial.loss();
  }

  private Finding pairs(
      String claim,
      String measure,
      String base,
      String other,
      double bound,
      ToDoubleBiFunction<Trial, Trial> value) {
    if (plan.contenders().stream().noneMatch(one -> one.name().equals(other))) {
      return Finding.missing(claim, measure, "The catalogue had no such method when this was run.");
    }
    Map<Long, Trial> first = last(base);
    Map<Long, Trial> second = last(other);
    double[] values =
        first.keySet().stream()
            .filter(second::containsKey)
            .mapToDouble(seed -> value.applyAsDouble(first.get(seed), second.get(seed)))
            .toArray();
    if (values.length < SEEDS) {
      return Finding.missing(claim, measure, tooFew(other, values.length));
    }
    String sizes =
        "%d steps, trained numbers %d and %d, learning rates %s and %s, last held-out losses %.4f and %.4f"
            .formatted(
                plan.steps(),
                count(first),
                count(second),
                rate(first),
                rate(second),
                mean(first),
                mean(second));
    return new Finding(claim, measure, Interval.of(values), bound, sizes);
  }

  private String tooFew(String name, int seeds) {
    return made.stream()
        .filter(trial -> trial.key().contender().equals(name) && trial.failure() != null)
        .findFirst()
        .map(trial -> "It could not run: " + trial.failure())
        .orElse("Only %d of %d seeds were run within the budget.".formatted(seeds, SEEDS));
  }

  /** The longest runs by seed, without the seed that chose the rate. */
  private Map<Long, Trial> last(String name) {
    var last = new TreeMap<Long, Trial>();
    made.stream()
        .filter(trial -> trial.key().contender().equals(name))
        .filter(trial -> trial.key().steps() == plan.steps())
        .filter(trial -> trial.key().seed() != plan.seeds().getFirst())
        .filter(trial -> Double.isFinite(trial.loss()))
        .forEach(trial -> last.put(trial.key().seed(), trial));
    return last;
  }

  private static long count(Map<Long, Trial> trials) {
    return trials.values().iterator().next().trainable();
  }

  private static double rate(Map<Long, Trial> trials) {
    return trials.values().iterator().next().key().learningRate();
  }

  private static double mean(Map<Long, Trial> trials) {
    return trials.values().stream().mapToDouble(Trial::loss).average().orElseThrow();
  }
}
