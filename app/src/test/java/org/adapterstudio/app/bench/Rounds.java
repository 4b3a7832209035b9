package org.adapterstudio.app.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Milliseconds of several rounds: other programs disturb single ones. */
final class Rounds {
  private final List<double[]> rounds = new ArrayList<>();

  /** Takes in the milliseconds of one round. */
  void add(double[] milliseconds) {
    double[] sorted = milliseconds.clone();
    Arrays.sort(sorted);
    rounds.add(sorted);
  }

  /** Median over the rounds of a share's place in each, with the smallest and the largest. */
  String of(double share) {
    double[] places = sorted(round -> round[(int) (share * (round.length - 1))]);
    return String.format(
        Locale.ROOT,
        "%.2f [%.2f %.2f]",
        places[places.length / 2],
        places[0],
        places[places.length - 1]);
  }

  private double[] sorted(ToDoubleFunction<double[]> of) {
    return rounds.stream().mapToDouble(of).sorted().toArray();
  }
}
