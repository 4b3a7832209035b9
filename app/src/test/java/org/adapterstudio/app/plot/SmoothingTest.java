package org.adapterstudio.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SmoothingTest {
  @Test
  void followsTensorBoardsFormula() {
    double[] raw = {3, 2.5, 2.8, 1.9, 1.2};
    Series smooth = Smoothing.debiased(series(raw), 0.6);
    double last = 0;
    for (int i = 0; i < raw.length; i++) {
      last = last * 0.6 + 0.4 * raw[i];
      assertThat(smooth.y(i)).isCloseTo(last / (1 - Math.pow(0.6, i + 1)), within(1e-12));
    }
  }

  @Test
  void startsAtTheFirstValueAndNotAtZero() {
    assertThat(Smoothing.debiased(series(5, 4, 3), 0.999).y(0)).isCloseTo(5, within(1e-9));
  }

  @Test
  void leavesAConstantSeriesFlat() {
    Series smooth = Smoothing.debiased(series(0.1, 0.1, 0.1, 0.1), 0.9);
    for (int i = 0; i < 4; i++) {
      assertThat(smooth.y(i)).isEqualTo(0.1);
    }
  }

  @Test
  void passesNotANumberThroughWithoutMovingTheState() {
    Series with = Smoothing.debiased(series(3, Double.NaN, 2), 0.6);
    Series without = Smoothing.debiased(series(3, 2), 0.6);
    assertThat(with.y(1)).isNaN();
    assertThat(with.y(2)).isEqualTo(without.y(1));
  }

  @Test
  void changesNothingAtWeightZeroAndNeverTheRawSeries() {
    Series raw = series(3, 1, 2);
    assertThat(Smoothing.debiased(raw, 0).y(2)).isEqualTo(2);
    Smoothing.debiased(raw, 0.9);
    assertThat(raw.y(1)).isEqualTo(1);
  }

  static Series series(double... ys) {
    var series = new Series();
    for (int i = 0; i < ys.length; i++) {
      series.add(i + 1, ys[i]);
    }
    return series;
  }
}
