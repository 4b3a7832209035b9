package org.adapterstudio.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolylineTest {
  @Test
  void drawsAMillionPointsWithAtMostTwoAColumn() {
    var series = new Series();
    var random = new Random(1);
    for (int i = 0; i < 1_000_000; i++) {
      series.add(i, i == 777_777 ? 9 : random.nextDouble());
    }
    var x = new Scale(new Range(0, 1_000_000), 0, 400, false);
    var y = new Scale(new Range(0, 10), 200, 0, false);
    Polyline line = Polyline.of(series, x, y);
    assertThat(line.size()).isBetween(400, 804);
    double highest = Arrays.stream(line.ys(), 0, line.size()).min().orElseThrow();
    assertThat(highest).as("the one spike stays").isCloseTo(y.pixel(9), within(1e-9));
  }

  @Test
  void keepsEveryPointWhereThereIsRoom() {
    Series series = SmoothedTest.series(3, 1, 2);
    var x = new Scale(new Range(0, 4), 0, 400, false);
    var y = new Scale(new Range(0, 4), 100, 0, false);
    Polyline line = Polyline.of(series, x, y);
    assertThat(line.size()).isEqualTo(3);
    assertThat(Arrays.copyOf(line.xs(), 3)).containsExactly(100, 200, 300);
    assertThat(Arrays.copyOf(line.ys(), 3)).containsExactly(25, 75, 50);
  }

  @Test
  void skipsWhatAScaleCannotShow() {
    Series series = SmoothedTest.series(1, Double.NaN, 0, Double.POSITIVE_INFINITY, 10);
    var x = new Scale(new Range(0, 6), 0, 600, false);
    var y = new Scale(new Range(1, 10), 100, 0, true);
    assertThat(Polyline.of(series, x, y).size()).isEqualTo(2);
  }

  @Test
  void drawsColumnExtremesInTheOrderTheyHappened() {
    Series series = SmoothedTest.series(0, 5, 1);
    var x = new Scale(new Range(0, 1000), 0, 10, false);
    var y = new Scale(new Range(0, 5), 50, 0, false);
    Polyline line = Polyline.of(series, x, y);
    assertThat(line.size()).isEqualTo(2);
    assertThat(line.ys()[0]).isEqualTo(50);
    assertThat(line.ys()[1]).isEqualTo(0);
  }
}
