package org.adapterstudio.contract.arena;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;

/**
 * What an arena runs, kept in its folder so that it goes on with the same. Learning rates are
 * chosen by successive halving (arXiv:1502.07943): all of them for a quarter of the steps, the
 * better half for half of the steps, the best for all steps and all seeds.
 *
 * @param tasks by name
 * @param contenders in the order they run
 * @param rates learning rates
 * @param seeds of the last round; the first of them chooses the rate
 * @param steps of the last round, a multiple of four
 */
public record ArenaPlan(
    List<String> tasks,
    List<Contender> contenders,
    List<Double> rates,
    List<Long> seeds,
    int steps) {
  public ArenaPlan {
    tasks = List.copyOf(tasks);
    contenders = List.copyOf(contenders);
    rates = List.copyOf(rates);
    seeds = List.copyOf(seeds);
  }

  /**
   * A method with its start and settings.
   *
   * @param ratesOf contender whose learning rate it takes; null where it chooses its own
   */
  public record Contender(String name, String title, Recipe.Adapter adapter, String ratesOf) {}

  /** Updates that one contender makes on one task. */
  public static int updates(int rates, int seeds, int steps) {
    return rates * steps / 4 + half(rates) * steps / 2 + seeds * steps;
  }

  private static int half(int rates) {
    return (rates + 1) / 2;
  }

  /** The next run that is not among those made; empty at the end. Every round is for all. */
  public Optional<Trial.Key> next(List<Trial> made) {
    for (int round = 0; round < 2 + seeds.size(); round++) {
      for (String task : tasks) {
        for (Contender contender : contenders) {
          Optional<Trial.Key> missing = missing(round, task, contender, made);
          if (missing.isPresent()) {
            return missing;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Trial.Key> missing(
      int round, String task, Contender contender, List<Trial> made) {
    return wanted(round, task, contender, made).stream()
        .filter(key -> made.stream().noneMatch(trial -> trial.key().equals(key)))
        .findFirst();
  }

  private List<Trial.Key> wanted(int round, String task, Contender contender, List<Trial> made) {
    String name = contender.name();
    String chooser = contender.ratesOf() == null ? name : contender.ratesOf();
    if (round < 2 && !chooser.equals(name)) {
      return List.of();
    }
    long first = seeds.getFirst();
    return switch (round) {
      case 0 -> keys(task, name, rates, first, steps / 4);
      case 1 -> {
        List<Double> better = best(task, name, steps / 4, half(rates.size()), made);
        yield keys(task, name, better, first, steps / 2);
      }
      default -> {
        List<Double> best = best(task, chooser, steps / 2, 1, made);
        yield keys(task, name, best, seeds.get(round - 2), steps);
      }
    };
  }

  private static List<Trial.Key> keys(
      String task, String name, List<Double> rates, long seed, int steps) {
    var keys = new ArrayList<Trial.Key>();
    rates.forEach(rate -> keys.add(new Trial.Key(task, name, rate, seed, steps)));
    return keys;
  }

  /** The rates with the lowest held-out loss; none of a contender that cannot run. */
  private List<Double> best(String task, String name, int after, int count, List<Trial> made) {
    return made.stream()
        .filter(trial -> trial.key().task().equals(task) && trial.key().contender().equals(name))
        .filter(trial -> trial.key().steps() == after && trial.key().seed() == seeds.getFirst())
        .filter(trial -> Double.isFinite(trial.loss()))
        .sorted(Comparator.comparingDouble(Trial::loss))
        .limit(count)
        .map(trial -> trial.key().learningRate())
        .toList();
  }

  /** How many runs there are in all, where every contender can run. */
  public int runs() {
    int choosing = rates.size() + half(rates.size());
    int all = 0;
    for (Contender contender : contenders) {
      all += seeds.size() + (contender.ratesOf() == null ? choosing : 0);
    }
    return tasks.size() * all;
  }
}
