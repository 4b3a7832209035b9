package org.adapterstudio.contract.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapterstudio.contract.arena.ArenaPlan.Contender;
import org.adapterstudio.contract.recipe.Recipe;
import org.junit.jupiter.api.Test;

class ArenaPlanTest {
  private static final List<Double> RATES = List.of(0.1, 0.2, 0.3, 0.4);

  @Test
  void ratesAreHalvedUntilTheBestRunsWithAllSeeds() {
    var plan = plan(contender("a", null));
    List<Trial> made = runAll(plan, key -> Math.abs(key.learningRate() - 0.3));
    assertThat(made).hasSize(plan.runs()).hasSize(4 + 2 + 3);
    assertThat(rates(made, 5)).containsExactlyElementsOf(RATES);
    assertThat(rates(made, 10)).containsExactlyInAnyOrder(0.3, 0.2);
    assertThat(rates(made, 20)).containsExactly(0.3, 0.3, 0.3);
    assertThat(made.stream().map(trial -> trial.key().seed()).skip(6)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void everyRoundIsForAllBeforeTheNextBegins() {
    var plan = plan(contender("a", null), contender("b", null));
    List<Integer> steps =
        runAll(plan, Trial.Key::learningRate).stream().map(trial -> trial.key().steps()).toList();
    assertThat(steps).isSorted();
  }

  @Test
  void whoTakesAnothersRateDoesNotChoose() {
    var plan = plan(contender("a", null), contender("b", "a"));
    List<Trial> made = runAll(plan, key -> Math.abs(key.learningRate() - 0.4));
    var ofB = made.stream().filter(trial -> trial.key().contender().equals("b")).toList();
    assertThat(made).hasSize(plan.runs());
    assertThat(rates(ofB, 20)).containsExactly(0.4, 0.4, 0.4).hasSize(ofB.size());
  }

  @Test
  void whoCannotRunIsTriedAtEveryRateAndThenLeftOut() {
    var plan = plan(contender("a", null));
    List<Trial> made = runAll(plan, _ -> Double.NaN);
    assertThat(made).hasSize(4);
    Leaderboard.Row row = Leaderboard.of(plan, made).rows().getFirst();
    assertThat(row.failure()).isEqualTo("ran away");
    assertThat(row.loss()).isNull();
  }

  @Test
  void theBoardRanksByTheMeanOverSeedsAndTellsTheirSpread() {
    var plan = plan(contender("a", null), contender("b", null));
    List<Trial> made =
        runAll(plan, key -> (key.contender().equals("a") ? 2 : 1) + 0.1 * key.seed());
    Leaderboard board = Leaderboard.of(plan, made);
    assertThat(board.complete()).isTrue();
    assertThat(board.rows()).extracting(Leaderboard.Row::contender).containsExactly("b", "a");
    Leaderboard.Row first = board.rows().getFirst();
    assertThat(first.loss()).isCloseTo(1.2, within(1e-12));
    assertThat(first.spread()).isCloseTo(0.1, within(1e-12));
    assertThat(first.seeds()).isEqualTo(3);
  }

  @Test
  void anIntervalIsStudentsAndWidensWithTheSpread() {
    Interval interval = Interval.of(1, 2, 3, 4, 5);
    assertThat(interval.mean()).isEqualTo(3);
    assertThat(interval.high() - 3).isCloseTo(2.776 * Math.sqrt(2.5 / 5), within(1e-9));
    assertThat(3 - interval.low()).isCloseTo(interval.high() - 3, within(1e-12));
  }

  @Test
  void aClaimShowsOnlyWhereTheWholeIntervalLiesAboveItsBound() {
    assertThat(finding(new Interval(2, 1, 3, 5)).verdict()).isEqualTo("shows");
    assertThat(finding(new Interval(1, -1, 3, 5)).verdict()).isEqualTo("does not show");
    assertThat(finding(new Interval(-2, -3, -1, 5)).verdict()).isEqualTo("the opposite shows");
    assertThat(Finding.missing("c", "m", "n").verdict()).isEqualTo("not tested");
  }

  @Test
  void stepsToALossLieBetweenTwoMeasurementsInProportion() {
    Trial trial = trial(new Trial.Key("t", "a", 0.1, 1, 20), 4, 2, 1);
    assertThat(trial.stepsTo(3)).isEqualTo(5);
    assertThat(trial.stepsTo(1.5)).isEqualTo(15);
    assertThat(trial.stepsTo(0.5)).isEqualTo(20);
  }

  private interface Loss {
    double of(Trial.Key key);
  }

  private static List<Trial> runAll(ArenaPlan plan, Loss loss) {
    var made = new ArrayList<Trial>();
    for (Optional<Trial.Key> next = plan.next(made); next.isPresent(); next = plan.next(made)) {
      double value = loss.of(next.get());
      made.add(
          Double.isNaN(value) ? Trial.failed(next.get(), 1, "ran away") : trial(next.get(), value));
    }
    return made;
  }

  private static Trial trial(Trial.Key key, double... losses) {
    var points = new ArrayList<Trial.Point>();
    for (int i = 0; i < losses.length; i++) {
      points.add(new Trial.Point(losses.length == 1 ? key.steps() : 10 * i, losses[i]));
    }
    return new Trial(key, null, points, null, 10, 0.1, 1000, 1, null);
  }

  private static List<Double> rates(List<Trial> made, int steps) {
    return made.stream()
        .filter(trial -> trial.key().steps() == steps)
        .map(trial -> trial.key().learningRate())
        .toList();
  }

  private static Finding finding(Interval interval) {
    return new Finding("c", "m", interval, 0, "");
  }

  private static Contender contender(String name, String ratesOf) {
    return new Contender(name, name, Recipe.Adapter.of("lora"), ratesOf);
  }

  private static ArenaPlan plan(Contender... contenders) {
    return new ArenaPlan(List.of("t"), List.of(contenders), RATES, List.of(1L, 2L, 3L), 20);
  }
}
