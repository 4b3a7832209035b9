package org.adapterstudio.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxesTest {
  @Test
  void putsTicksOnRoundNumbers() {
    Ticks ticks = Ticks.linear(new Range(0.13, 0.97), 5);
    assertThat(ticks.labels()).containsExactly("0.2", "0.4", "0.6", "0.8");
  }

  @Test
  void writesLearningRatesWithAnExponent() {
    Ticks ticks = Ticks.linear(new Range(0, 3e-4), 3);
    assertThat(ticks.labels()).containsExactly("0", "1e-4", "2e-4", "3e-4");
  }

  @Test
  void countsStepsInWholeNumbersAndThousands() {
    assertThat(Ticks.steps(new Range(0, 3), 8).labels()).containsExactly("0", "1", "2", "3");
    assertThat(Ticks.steps(new Range(0, 2000), 4).labels())
        .containsExactly("0", "500", "1k", "1.5k", "2k");
  }

  @Test
  void marksDecadesOnALogAxis() {
    assertThat(Ticks.log(new Range(0.01, 1000)).labels())
        .containsExactly("0.01", "0.1", "1", "10", "100", "1000");
    assertThat(Ticks.log(new Range(0.4, 3)).labels()).containsExactly("0.5", "1", "2");
  }

  @Test
  void ignoresASpikeWhenItFixesTheRange() {
    var series = new Series();
    for (int i = 0; i < 500; i++) {
      series.add(i, 1 + 0.001 * i);
    }
    series.add(500, 90);
    assertThat(Range.of(series, false, true).max()).isLessThan(2);
    assertThat(Range.of(series, false, false).max()).isEqualTo(90);
  }

  @Test
  void showsAllOfAShortOrCleanSeries() {
    assertThat(Range.of(SmoothedTest.series(1, 90, 2), false, true)).isEqualTo(new Range(1, 90));
    var falling = new Series();
    for (int i = 0; i < 1000; i++) {
      falling.add(i, 3 * Math.exp(-i / 150.0));
    }
    assertThat(Range.of(falling, false, true).max()).isEqualTo(3);
  }

  @Test
  void hasNoRangeWhereNothingCanBeShown() {
    assertThat(Range.of(SmoothedTest.series(Double.NaN, Double.NaN), false, true)).isNull();
    assertThat(Range.of(SmoothedTest.series(-1, 0), true, true)).isNull();
  }

  @Test
  void givesASingleValueABand() {
    Range band = new Range(2, 2).padded(false);
    assertThat(band.min()).isLessThan(2);
    assertThat(band.max()).isGreaterThan(2);
  }

  @Test
  void leadsFromPixelsBackToValuesOnBothKindsOfAxis() {
    for (boolean log : new boolean[] {false, true}) {
      var scale = new Scale(new Range(0.5, 80), 300, 20, log);
      assertThat(scale.value(scale.pixel(7))).isCloseTo(7, within(1e-9));
      assertThat(scale.pixel(0.5)).isCloseTo(300, within(1e-9));
      assertThat(scale.pixel(80)).isCloseTo(20, within(1e-9));
    }
  }

  @Test
  void findsTheNearestPoint() {
    Series series = SmoothedTest.series(9, 8, 7);
    assertThat(series.nearest(-5)).isEqualTo(0);
    assertThat(series.nearest(2.4)).isEqualTo(1);
    assertThat(series.nearest(2.6)).isEqualTo(2);
    assertThat(series.nearest(99)).isEqualTo(2);
    assertThat(new Series().nearest(1)).isEqualTo(-1);
  }

  @Test
  void forgetsWhatComesAfterAStep() {
    Series series = SmoothedTest.series(1, 2, 3, 4);
    series.truncateAfter(2);
    assertThat(series.size()).isEqualTo(2);
    series.add(3, 30);
    assertThat(series.lastY()).isEqualTo(30);
  }

  @Test
  void writesValuesInTheUnitsOfTheField() {
    assertThat(Unit.RATE.text(2e-4)).isEqualTo("2.00e-4");
    assertThat(Unit.RATE.text(0)).isEqualTo("0");
    assertThat(Unit.LOSS.text(1.41213)).isEqualTo("1.4121");
    assertThat(Unit.LOSS.text(Double.NaN)).isEqualTo("not a number");
    assertThat(Unit.GIB.text(1.5)).isEqualTo("1.50 GiB");
  }
}
