package org.adapterstudio.contract.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Successive halving: at a step the runs of a grid are compared and the better half goes on. The
 * measure is the loss on held-out rows where all were scored at the same step, else the training
 * loss, smoothed. Jamieson and Talwalkar, Non-stochastic Best Arm Identification and Hyperparameter
 * Optimization, arXiv:1502.07943.
 */
public final class Halving {
  /** What is compared where all were scored on held-out rows. */
  public static final String HELD_OUT = "eval_loss";

  /** What is compared otherwise. */
  public static final String TRAINED = "smoothed training loss";

  private Halving() {}

  /**
   * One run in a comparison.
   *
   * @param loss null where it is no number
   * @param kept whether it goes on
   */
  public record Place(String entry, Double loss, boolean kept) {}

  /** One run that is compared. */
  public record Contender(String entry, RunFacts facts) {}

  /** Compares at a step; of an odd number the larger half goes on. */
  public static Deed.Halved compare(String grid, int step, List<Contender> contenders) {
    int scored = commonScore(step, contenders);
    var places = new ArrayList<Place>();
    for (Contender contender : contenders) {
      RunFacts facts = contender.facts();
      Double loss = scored > 0 ? facts.heldOut().get(scored) : facts.trained().get(step);
      places.add(new Place(contender.entry(), loss == null || !finite(loss) ? null : loss, false));
    }
    places.sort(
        Comparator.comparingDouble(
            place -> place.loss() == null ? Double.POSITIVE_INFINITY : place.loss()));
    int kept = (places.size() + 1) / 2;
    for (int i = 0; i < kept; i++) {
      Place place = places.get(i);
      places.set(i, new Place(place.entry(), place.loss(), true));
    }
    return new Deed.Halved(grid, step, scored > 0 ? HELD_OUT : TRAINED, places);
  }

  /** The last step up to this one, and not before its half, at which all were scored; 0 if none. */
  private static int commonScore(int step, List<Contender> contenders) {
    Set<Integer> common = null;
    for (Contender contender : contenders) {
      var scored = contender.facts().heldOut().headMap(step + 1).tailMap(step / 2 + 1).keySet();
      common = common == null ? new TreeSet<>(scored) : common;
      common.retainAll(scored);
    }
    return common == null || common.isEmpty() ? 0 : ((TreeSet<Integer>) common).last();
  }

  private static boolean finite(double loss) {
    return !Double.isNaN(loss) && !Double.isInfinite(loss);
  }
}
