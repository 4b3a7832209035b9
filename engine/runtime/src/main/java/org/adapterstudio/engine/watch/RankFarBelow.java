package org.adapterstudio.engine.watch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.Act;
import org.adapterstudio.contract.run.Event;

/** Most layers use a small part of their rank, well into the run: a smaller one would do. */
final class RankFarBelow implements Watch {
  private static final double FAR = 0.25;
  private static final double MOST = 0.75;
  private static final double LEAST_SHARE = 0.3;
  private static final int LEAST_STEPS = 100;
  private final int rank;
  private int totalSteps = Integer.MAX_VALUE;

  RankFarBelow(Recipe.Adapter adapter) {
    this.rank = adapter.rankPattern().isEmpty() ? adapter.rank() : 0;
  }

  @Override
  public String kind() {
    return "rank_far_below";
  }

  @Override
  public Optional<Event.Warned> see(Event event) {
    return switch (event) {
      case Event.Planned planned -> {
        totalSteps = planned.totalSteps();
        yield Optional.empty();
      }
      case Event.Spectrum spectrum when late(spectrum.step()) && ranked(spectrum) ->
          judged(spectrum);
      default -> Optional.empty();
    };
  }

  private boolean late(int step) {
    return step >= Math.max(LEAST_STEPS, LEAST_SHARE * totalSteps);
  }

  /** Whether the recipe's rank is what limits each layer. */
  private boolean ranked(Event.Spectrum spectrum) {
    return rank > 1
        && !spectrum.layers().isEmpty()
        && spectrum.layers().stream().allMatch(layer -> layer.singularValues().size() == rank);
  }

  private Optional<Event.Warned> judged(Event.Spectrum spectrum) {
    List<Double> ranks =
        spectrum.layers().stream().map(Event.Spectrum.Layer::effectiveRank).sorted().toList();
    long far = ranks.stream().filter(effective -> effective <= FAR * rank).count();
    return far >= MOST * ranks.size()
        ? Optional.of(warning(spectrum.step(), ranks, far))
        : Optional.empty();
  }

  private Event.Warned warning(int step, List<Double> ranks, long far) {
    double largest = ranks.get((int) far - 1);
    int wanted = smaller(largest);
    String sentence =
        String.format(
            Locale.ROOT,
            "The effective rank is at most %.1f of %d in %d of %d layers.",
            largest,
            rank,
            far,
            ranks.size());
    String proof =
        String.format(
            Locale.ROOT,
            "Measured after step %d: median %.1f, largest %.1f of all layers.",
            step,
            ranks.get(ranks.size() / 2),
            ranks.getLast());
    return new Event.Warned(step, sentence, kind(), proof, List.of(new Act.PlanRank(wanted)));
  }

  /** The next power of two above an effective rank, below the rank. */
  private int smaller(double effective) {
    int wanted = 1;
    while (wanted < effective) {
      wanted *= 2;
    }
    return Math.min(wanted, rank - 1);
  }
}
