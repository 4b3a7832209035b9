package org.adapterstudio.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class SeriesPropertiesTest {
  @Property(tries = 300)
  void thePyramidFindsWhatALookAtEveryPointFinds(
      @ForAll("values") List<Double> values,
      @ForAll @IntRange(max = 1200) int one,
      @ForAll @IntRange(max = 1200) int other,
      @ForAll boolean positive) {
    Series series = series(values);
    int from = Math.min(Math.min(one, other), values.size());
    int to = Math.min(Math.max(one, other), values.size());
    Extremes found = series.extremes(from, to, positive);
    assertThat(found.low()).isEqualTo(first(values, from, to, positive, -1));
    assertThat(found.high()).isEqualTo(first(values, from, to, positive, 1));
  }

  @Property(tries = 200)
  void whatIsAppendedAfterACutEqualsWhatIsBuiltAtOnce(
      @ForAll("values") List<Double> kept,
      @ForAll("values") List<Double> dropped,
      @ForAll("values") List<Double> appended,
      @ForAll @DoubleRange(min = 0.1, max = 0.99) double w) {
    Series grown = series(kept);
    grown.smoothed().finish(w);
    dropped.forEach(value -> grown.add(grown.size(), value));
    grown.smoothed().line(w);
    grown.truncateAfter(kept.size() - 1);
    appended.forEach(value -> grown.add(grown.size(), value));
    var all = new ArrayList<>(kept);
    all.addAll(appended);
    Series built = series(all);
    assertSame(grown, built);
    assertSame(grown.smoothed().line(w), built.smoothed().finish(w));
    assertThat(grown.holes()).isEqualTo(built.holes());
  }

  @Property(tries = 200)
  void theLineDrawnEqualsTheExtremesOfEveryPixelColumn(
      @ForAll("values") List<Double> values, @ForAll @IntRange(min = 1, max = 400) int width) {
    Series series = series(values);
    var x = new Scale(new Range(0, Math.max(1, values.size())), 0, width, false);
    var y = new Scale(new Range(-5, 5), 100, 0, false);
    Polyline line = Polyline.of(series, x, y);
    List<Integer> wanted = columnExtremes(values, x);
    assertThat(line.size()).isEqualTo(wanted.size());
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(line.xs()[i]).isEqualTo(x.pixel(wanted.get(i)));
      assertThat(line.ys()[i]).isEqualTo(y.pixel(values.get(wanted.get(i))));
    }
  }

  @Property(tries = 200)
  void anAxisLeadsBackFromItsValuesToTheirSteps(
      @ForAll List<@DoubleRange(min = 0, max = 50) Double> strides,
      @ForAll @DoubleRange(min = -10, max = 3000) double value) {
    var sums = new Series();
    double sum = 0;
    for (double stride : strides) {
      sums.add(sums.size() + 1, sum += stride);
    }
    Abscissa over = Abscissa.along(Abscissa.Kind.TOKENS, sums, 0);
    double step = over.step(value);
    if (!strides.isEmpty() && value >= sums.y(0) && value <= sum) {
      assertThat(over.at(step)).isCloseTo(value, within(1e-9 * (1 + sum)));
    } else {
      assertThat(step).isIn(0.0, (double) strides.size(), sums.lastX());
    }
  }

  @Provide
  Arbitrary<List<Double>> values() {
    Arbitrary<Double> numbers = Arbitraries.integers().between(-4, 4).map(n -> n / 2.0);
    Arbitrary<Double> none =
        Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(12, numbers), net.jqwik.api.Tuple.of(1, none))
        .list()
        .ofMaxSize(1200);
  }

  private static Series series(List<Double> values) {
    var series = new Series();
    for (double value : values) {
      series.add(series.size(), value);
    }
    return series;
  }

  private static void assertSame(Series one, Series other) {
    assertThat(one.size()).isEqualTo(other.size());
    for (int i = 0; i < one.size(); i++) {
      assertThat(Double.compare(one.y(i), other.y(i))).as("y of %s", i).isZero();
    }
    for (int from = 0; from < one.size(); from += 37) {
      Extremes found = one.extremes(from, one.size(), false);
      assertThat(found.low()).isEqualTo(other.extremes(from, other.size(), false).low());
      assertThat(found.high()).isEqualTo(other.extremes(from, other.size(), false).high());
    }
  }

  /** The first of the largest values, of their negatives where sign is -1; -1 for none. */
  private static int first(List<Double> values, int from, int to, boolean positive, int sign) {
    int best = -1;
    for (int i = from; i < to; i++) {
      double value = values.get(i);
      boolean counts = Double.isFinite(value) && (!positive || value > 0);
      if (counts && (best < 0 || sign * value > sign * values.get(best))) {
        best = i;
      }
    }
    return best;
  }

  private static List<Integer> columnExtremes(List<Double> values, Scale x) {
    var drawn = new ArrayList<Integer>();
    int from = 0;
    while (from < values.size()) {
      int to = from;
      while (to < values.size() && Math.floor(x.pixel(to)) == Math.floor(x.pixel(from))) {
        to++;
      }
      int low = first(values, from, to, false, -1);
      int high = first(values, from, to, false, 1);
      if (low >= 0) {
        drawn.add(Math.min(low, high));
        if (low != high) {
          drawn.add(Math.max(low, high));
        }
      }
      from = to;
    }
    return drawn;
  }
}
