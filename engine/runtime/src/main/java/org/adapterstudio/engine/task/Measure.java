package org.adapterstudio.engine.task;

import java.util.Map;

/**
 * How well held-out examples were done.
 *
 * @param loss mean over the targets
 * @param scores of the task by name, e.g. accuracy from 0 to 1
 */
public record Measure(double loss, Map<String, Double> scores) {
  /** A loss and nothing more. */
  public static Measure of(double loss) {
    return new Measure(loss, Map.of());
  }
}
