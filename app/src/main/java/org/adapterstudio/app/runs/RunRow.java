package org.adapterstudio.app.runs;

import java.nio.file.Path;
import java.util.Map;
import org.adapterstudio.app.plot.Series;
import org.adapterstudio.app.ui.Scores;
import org.adapterstudio.contract.recipe.Recipe;
import org.adapterstudio.contract.run.RunAbout;
import org.adapterstudio.contract.run.RunFolder;
import org.adapterstudio.contract.run.RunState;

/**
 * One run in the table.
 *
 * @param run its folder
 * @param about what a person says about it
 * @param recipe what it was told; null before it was read and where it cannot be
 * @param state now; null before the folder was read
 * @param loss its curve, thinned to what a sparkline can show
 * @param step last step made
 * @param total steps in all; 0 while unknown
 * @param lastLoss of the last step; NaN before the first
 * @param bestLoss lowest held-out loss; NaN before the first evaluation
 * @param scores the best value of each of the task's scores; empty where it has none
 * @param rank of the adapter; 0 where the method has none
 * @param started milliseconds since 1970; 0 before the first start
 * @param seconds from the first start to the last event
 * @param parent name of the run it was branched from; empty where there is none
 * @param problem why the run cannot be read; empty where it can
 */
public record RunRow(
    RunFolder run,
    RunAbout about,
    Recipe recipe,
    RunState state,
    Series loss,
    int step,
    int total,
    double lastLoss,
    double bestLoss,
    Map<String, Double> scores,
    int rank,
    long started,
    double seconds,
    String parent,
    String problem) {

  /** A run of which nothing is known but its folder, or the reason why. */
  static RunRow unread(RunFolder run, RunAbout about, RunState state, String problem) {
    return new RunRow(
        run,
        about,
        null,
        state,
        new Series(),
        0,
        0,
        Double.NaN,
        Double.NaN,
        Map.of(),
        0,
        0,
        0,
        "",
        problem);
  }

  /** Whether the folder was read and could be. */
  boolean known() {
    return recipe != null;
  }

  /** The name a person gave it, else the folder's. */
  public String name() {
    return about.name().isEmpty() ? run.name() : about.name();
  }

  /** Key of the method; empty while unknown. */
  public String method() {
    return known() ? recipe.adapter().method() : "";
  }

  /** The learning rate at its peak; NaN while unknown. */
  public double learningRate() {
    return known() ? recipe.training().learningRate() : Double.NaN;
  }

  /** The base's folder name; empty while unknown. */
  public String base() {
    return known() ? lastName(recipe.model().path()) : "";
  }

  /** The training rows' file name; empty while unknown. */
  public String data() {
    return known() ? lastName(recipe.data().train()) : "";
  }

  private static String lastName(String path) {
    Path name = path == null ? null : Path.of(path).getFileName();
    return name == null ? "" : name.toString();
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
