package org.adapterstudio.contract.arena;

import java.util.List;

/**
 * One short training run of an arena, a line of its {@code trials.jsonl}.
 *
 * @param key which run it was
 * @param losses of every step, on the rows of the step
 * @param heldOut held-out loss at some steps, the start and the end among them
 * @param score share of held-out answers that match exactly; null where none were written
 * @param trainable trained numbers
 * @param stepSeconds mean time of a step
 * @param memoryBytes largest memory of the process while it ran
 * @param seconds it took in all
 * @param failure why there is no result; null where there is one
 */
public record Trial(
    Key key,
    List<Double> losses,
    List<Point> heldOut,
    Double score,
    long trainable,
    double stepSeconds,
    long memoryBytes,
    double seconds,
    String failure) {
  public Trial {
    losses = losses == null ? List.of() : List.copyOf(losses);
    heldOut = heldOut == null ? List.of() : List.copyOf(heldOut);
  }

  /** A run that ended without a result. */
  public static Trial failed(Key key, double seconds, String why) {
    return new Trial(key, null, null, null, 0, 0, 0, seconds, why);
  }

  /** Which run: the same key is never run twice. */
  public record Key(String task, String contender, double learningRate, long seed, int steps) {}

  /** Held-out loss after a step. */
  public record Point(int step, double loss) {}

  /** Held-out loss at the end; infinite where there is none, so that it ranks last. */
  public double loss() {
    boolean none =
        failure != null || heldOut.isEmpty() || !Double.isFinite(heldOut.getLast().loss());
    return none ? Double.POSITIVE_INFINITY : heldOut.getLast().loss();
  }

  /**
   * The first step at which the held-out loss was as low as a goal, between two measurements in
   * proportion; the last step where it never was.
   */
  public double stepsTo(double goal) {
    for (int i = 0; i < heldOut.size(); i++) {
      Point now = heldOut.get(i);
      if (now.loss() <= goal) {
        return i == 0 ? now.step() : between(heldOut.get(i - 1), now, goal);
      }
    }
    return heldOut.getLast().step();
  }

  private static double between(Point before, Point after, double goal) {
    double share = (before.loss() - goal) / (before.loss() - after.loss());
    return before.step() + share * (after.step() - before.step());
  }
}
