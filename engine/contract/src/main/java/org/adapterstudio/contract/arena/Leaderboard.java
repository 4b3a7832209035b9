package org.adapterstudio.contract.arena;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How the contenders of an arena stand.
 *
 * @param steps of the longest runs
 * @param made runs that were made
 * @param planned runs of the whole plan
 * @param rows by task, then by loss; who could not run or has not come to the last round stands
 *     last
 */
public record Leaderboard(int steps, int made, int planned, boolean complete, List<Row> rows) {
  public Leaderboard {
    rows = List.copyOf(rows);
  }

  /**
   * One contender on one task, over the seeds of the longest runs it made.
   *
   * @param steps of these runs
   * @param learningRate it did best with
   * @param start held-out loss before the first step; null where it was not measured
   * @param loss mean held-out loss at the end; null where it could not run
   * @param spread standard deviation over seeds; null for fewer than two
   * @param score mean share of exact answers; null where none were written
   * @param failure why it could not run
   */
  public record Row(
      String task,
      String contender,
      String title,
      int steps,
      int seeds,
      Double learningRate,
      Double start,
      Double loss,
      Double spread,
      Double score,
      long trainable,
      double stepSeconds,
      long memoryBytes,
      String failure) {}

  /** The standing after some runs. */
  public static Leaderboard of(ArenaPlan plan, List<Trial> made) {
    Map<String, List<Trial>> grouped =
        made.stream()
            .collect(Collectors.groupingBy(t -> t.key().task() + "\n" + t.key().contender()));
    var rows = new ArrayList<Row>();
    for (String task : plan.tasks()) {
      for (ArenaPlan.Contender contender : plan.contenders()) {
        List<Trial> own = grouped.get(task + "\n" + contender.name());
        if (own != null) {
          rows.add(row(task, contender, own));
        }
      }
    }
    rows.sort(
        Comparator.<Row>comparingInt(row -> plan.tasks().indexOf(row.task()))
            .thenComparingInt(row -> row.loss() == null ? 1 : 0)
            .thenComparingInt(row -> -row.steps())
            .thenComparingDouble(row -> row.loss() == null ? 0 : row.loss()));
    return new Leaderboard(plan.steps(), made.size(), plan.runs(), plan.next(made).isEmpty(), rows);
  }

  private static Row row(String task, ArenaPlan.Contender contender, List<Trial> own) {
    List<Trial> sound = own.stream().filter(trial -> Double.isFinite(trial.loss())).toList();
    if (sound.isEmpty()) {
      String why =
          own.stream()
              .map(Trial::failure)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse("the loss was not a number at any learning rate");
      return new Row(
          task,
          contender.name(),
          contender.title(),
          0,
          0,
          null,
          null,
          null,
          null,
          null,
          0,
          0,
          0,
          why);
    }
    int steps = sound.stream().mapToInt(trial -> trial.key().steps()).max().orElseThrow();
    List<Trial> longest = sound.stream().filter(trial -> trial.key().steps() == steps).toList();
    Trial best = longest.stream().min(Comparator.comparingDouble(Trial::loss)).orElseThrow();
    double rate = best.key().learningRate();
    List<Trial> of = longest.stream().filter(t -> t.key().learningRate() == rate).toList();
    OptionalDouble score =
        of.stream().map(Trial::score).filter(Objects::nonNull).mapToDouble(s -> s).average();
    return new Row(
        task,
        contender.name(),
        contender.title(),
        steps,
        of.size(),
        rate,
        of.getFirst().heldOut().getFirst().step() == 0
            ? mean(of, trial -> trial.heldOut().getFirst().loss())
            : null,
        mean(of, Trial::loss),
        of.size() < 2 ? null : Interval.deviation(of.stream().mapToDouble(Trial::loss).toArray()),
        score.isPresent() ? score.getAsDouble() : null,
        best.trainable(),
        mean(of, Trial::stepSeconds),
        of.stream().mapToLong(Trial::memoryBytes).max().orElse(0),
        null);
  }

  private static double mean(List<Trial> trials, ToDoubleFunction<Trial> value) {
    return trials.stream().mapToDouble(value).average().orElseThrow();
  }
}
