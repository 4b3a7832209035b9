package org.adapterstudio.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SmoothedTest {
  @Test
  void followsTensorBoardsFormula() {
    double[] raw = {3, 2.5, 2.8, 1.9, 1.2};
    Series smooth = series(raw).smoothed().finish(0.6);
    double last = 0;
    for (int i = 0; i < raw.length; i++) {
      last = last * 0.6 + 0.4 * raw[i];
      assertThat(smooth.y(i)).isCloseTo(last / (1 - Math.pow(0.6, i + 1)), within(1e-12));
    }
  }

  @Test
  void startsAtTheFirstValueAndNotAtZero() {
    assertThat(series(5, 4, 3).smoothed().finish(0.999).y(0)).isCloseTo(5, within(1e-9));
  }

  @Test
  void leavesAConstantSeriesFlat() {
    Series smooth = series(0.1, 0.1, 0.1, 0.1).smoothed().finish(0.9);
    for (int i = 0; i < 4; i++) {
      assertThat(smooth.y(i)).isEqualTo(0.1);
    }
  }

  @Test
  void passesNotANumberThroughWithoutMovingTheState() {
    Series with = series(3, Double.NaN, 2).smoothed().finish(0.6);
    Series without = series(3, 2).smoothed().finish(0.6);
    assertThat(with.y(1)).isNaN();
    assertThat(with.y(2)).isEqualTo(without.y(1));
  }

  @Test
  void changesNothingAtWeightZeroAndNeverTheRawSeries() {
    Series raw = series(3, 1, 2);
    assertThat(raw.smoothed().finish(0).y(2)).isEqualTo(2);
    raw.smoothed().finish(0.9);
    assertThat(raw.y(1)).isEqualTo(1);
  }

  @Test
  void keepsTheLineOfTheWeightBeforeUntilTheNextOneIsWhole() {
    var raw = new Series();
    for (int i = 0; i < 450_000; i++) {
      raw.add(i, i % 7);
    }
    Series before = raw.smoothed().finish(0.5);
    assertThat(raw.smoothed().advance(0.9)).as("more to do").isTrue();
    assertThat(raw.smoothed().line(0.9)).isSameAs(before);
    while (raw.smoothed().advance(0.9)) {
      raw.smoothed().line(0.9);
    }
    assertThat(raw.smoothed().line(0.9)).isNotSameAs(before);
    assertThat(raw.smoothed().line(0.9).size()).isEqualTo(450_000);
  }

  @Test
  void goesOnFromWhereAResumeCutIt() {
    Series cut = series(3, 2, 1, 9, 9);
    cut.smoothed().finish(0.8);
    cut.truncateAfter(3);
    cut.add(4, 0.5);
    Series whole = series(3, 2, 1, 0.5);
    assertThat(cut.smoothed().line(0.8).y(3)).isEqualTo(whole.smoothed().finish(0.8).y(3));
    assertThat(cut.smoothed().line(0.8).size()).isEqualTo(4);
  }

  static Series series(double... ys) {
    var series = new Series();
    for (int i = 0; i < ys.length; i++) {
      series.add(i + 1, ys[i]);
    }
    return series;
  }
}
