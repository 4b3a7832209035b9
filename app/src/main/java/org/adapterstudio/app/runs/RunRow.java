package org.adapterstudio.app.runs;

import java.util.Map;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;

/**
 * One run in the table.
 *
 * @param run its folder
 * @param state now
 * @param loss its curve, thinned to what a sparkline can show
 * @param step last step made
 * @param total steps in all; 0 while unknown
 * @param lastLoss of the last step; NaN before the first
 * @param bestLoss lowest held-out loss; NaN before the first evaluation
 * @param scores the best value of each of the task's scores; empty where it has none
 * @param method key of the method
 * @param rank of the adapter; 0 where the method has none
 * @param learningRate at its peak
 * @param started milliseconds since 1970; 0 before the first start
 * @param seconds from the first start to the last event
 * @param problem why the run cannot be read; empty where it can
 */
public record RunRow(
    RunFolder run,
    RunState state,
    Series loss,
    int step,
    int total,
    double lastLoss,
    double bestLoss,
    Map<String, Double> scores,
    String method,
    int rank,
    double learningRate,
    long started,
    double seconds,
    String problem) {
  /** The folder's name. */
  public String name() {
    return run.name();
  }

  /** The task's first score, as much of it as there is; NaN where there is none. */
  public double score() {
    return scores.values().stream().findFirst().orElse(Double.NaN);
  }

  /** The same in words, e.g. accuracy 87.5 %; empty where there is none. */
  public String scoreWords() {
    return scores.entrySet().stream()
        .findFirst()
        .map(first -> Scores.words(Map.of(first.getKey(), first.getValue())))
        .orElse("");
  }
}
