package org.adapterstudio.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbscissaTest {
  private static final Series NONE = new Series();

  @Test
  void leadsFromStepsToTokensAndBack() {
    var tokens = new Series();
    for (int step = 1; step <= 100; step++) {
      tokens.add(step, step * 900);
    }
    Abscissa over = Abscissa.along(Abscissa.Kind.TOKENS, tokens, 0);
    assertThat(over.at(50)).isEqualTo(45_000);
    assertThat(over.at(50.5)).isEqualTo(45_450);
    assertThat(over.step(45_450)).isCloseTo(50.5, within(1e-9));
    assertThat(over.at(0)).isZero();
    assertThat(over.at(500)).isEqualTo(90_000);
  }

  @Test
  void drawsTheSamePointsWhateverLiesOnTheAxis() {
    var loss = new Series();
    var seconds = new Series();
    for (int step = 1; step <= 1000; step++) {
      loss.add(step, Math.sin(step));
      seconds.add(step, step <= 500 ? step : 500 + 3 * (step - 500));
    }
    Abscissa over = Abscissa.along(Abscissa.Kind.ELAPSED, seconds, 0);
    var x = new StepScale(new Scale(new Range(0, 2000), 0, 200, false), over);
    Polyline line = Polyline.of(loss, x, new Scale(new Range(-1, 1), 100, 0, false));
    assertThat(line.xs()[line.size() - 1]).isCloseTo(200, within(1e-9));
    assertThat(line.size()).isBetween(300, 404);
  }

  @Test
  void namesTimesRoundly() {
    assertThat(TimeTicks.elapsed(new Range(0, 95), 5).labels())
        .containsExactly("0", "30s", "1:00", "1:30");
    assertThat(TimeTicks.elapsed(new Range(0, 5400), 6).labels())
        .containsExactly("0", "15min", "30min", "45min", "1h", "1h15", "1h30");
    double noon = Instant.parse("2026-03-02T12:00:10Z").toEpochMilli();
    assertThat(TimeTicks.wall(new Range(noon, noon + 3_600_000), 4, ZoneId.of("UTC")).labels())
        .containsExactly("12:15", "12:30", "12:45", "13:00");
    assertThat(TimeTicks.wall(new Range(noon, noon + 3 * 864e5), 3, ZoneId.of("UTC")).labels())
        .containsExactly("3 Mar", "4 Mar", "5 Mar");
  }

  @Test
  void exportsEveryStepOnceWithItsTokens() {
    var tokens = new Series();
    Series loss = SmoothedTest.series(3, Double.NaN, 2);
    for (int step = 1; step <= 3; step++) {
      tokens.add(step, step * 10);
    }
    var held = new Series();
    held.add(2, 1.5);
    var content =
        new PlotContent(
            "Loss",
            "",
            List.of(Curve.plain("train", loss, Ink.FIRST, Unit.LOSS)),
            Curve.plain("held out", held, Ink.SECOND, Unit.LOSS),
            NONE,
            NONE,
            Double.NaN);
    var table =
        new PlotTable(
            content, PlotOptions.DEFAULT, List.of(Abscissa.along(Abscissa.Kind.TOKENS, tokens, 0)));
    assertThat(table.csv())
        .isEqualTo("step,tokens,train,held out\n1,10,3.0,\n2,20,NaN,1.5\n3,30,2.0,\n");
  }

  @Test
  void saysInWordsWhatAPictureShows() {
    var content =
        new PlotContent(
            "Loss",
            "",
            List.of(
                Curve.plain("train", SmoothedTest.series(3, Double.NaN, 2), Ink.FIRST, Unit.LOSS)),
            null,
            NONE,
            NONE,
            Double.NaN);
    assertThat(PlotSummary.of(content, PlotOptions.DEFAULT, 2))
        .isEqualTo(
            "Loss. train: 3 points, last 2.0000, lowest 2.0000 at step 3, highest 3.0000 at"
                + " step 1. 1 of them are not numbers. step 2, train not a number.");
  }
}
