package org.adapterstudio.app.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.app.runs.RunRow;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunState;

/**
 * The finished runs around two that are compared, found by their settings: those that differ in
 * chance alone tell how much chance does, those that differ in one thing tell what that does.
 */
public final class Neighbours {
  private final Map<Map<String, String>, List<Double>> bests = new HashMap<>();

  /** No other run is known. */
  public static final Neighbours NONE = new Neighbours(List.of());

  /** The finished runs among these. */
  public Neighbours(List<RunRow> rows) {
    for (RunRow row : rows) {
      if (row.state() == RunState.FINISHED && row.recipe() != null && isNumber(row.bestLoss())) {
        bests
            .computeIfAbsent(Cause.acting(row.recipe()), _ -> new ArrayList<>())
            .add(row.bestLoss());
      }
    }
  }

  private static boolean isNumber(double value) {
    return Double.isFinite(value);
  }

  /** The lowest held-out losses of the runs with these settings, chance aside. */
  private List<Double> with(Map<String, String> settings) {
    return bests.getOrDefault(settings, List.of());
  }

  /**
   * What chance does.
   *
   * @param runs how many it was measured on
   * @param spread standard deviation of the lowest held-out loss
   */
  public record Chance(int runs, double spread) {}

  /** How much runs like these two vary by chance; null where no two of a kind are finished. */
  Chance chance(Recipe one, Recipe other) {
    List<Double> first = with(Cause.acting(one));
    List<Double> second = with(Cause.acting(other));
    boolean same = Cause.acting(one).equals(Cause.acting(other));
    int runs = first.size() + (same ? 0 : second.size());
    int free = runs - (same ? 1 : (first.isEmpty() ? 0 : 1) + (second.isEmpty() ? 0 : 1));
    if (free < 1) {
      return null;
    }
    double squares = squares(first) + (same ? 0 : squares(second));
    return new Chance(runs, Math.sqrt(squares / free));
  }

  private static double squares(List<Double> values) {
    double mean = mean(values);
    return values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /**
   * What one kind of settings does on its own, from the first run's to the second's, where finished
   * runs show it: those that are like one of the two but for these settings.
   *
   * @return the change of the lowest held-out loss; null where no run shows it
   */
  Double effect(Recipe one, Recipe other, Cause.Kind kind) {
    if (Cause.mixed(one, other, kind).equals(Cause.acting(one))) {
      return null; // no setting of this kind differs, only what it names
    }
    var found = new ArrayList<Double>();
    step(with(Cause.acting(one)), with(Cause.mixed(one, other, kind)), found);
    step(with(Cause.mixed(other, one, kind)), with(Cause.acting(other)), found);
    return found.isEmpty() ? null : (Double) mean(found);
  }

  private static void step(List<Double> from, List<Double> to, List<Double> found) {
    if (!from.isEmpty() && !to.isEmpty()) {
      found.add(mean(to) - mean(from));
    }
  }
}
