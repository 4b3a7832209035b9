package org.adapterstudio.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeatGridTest {
  @Test
  void keepsValuesByLayerAndStep() {
    var grid = new HeatGrid();
    grid.add(10, List.of("0.q", "1.q"), new double[] {1.5, 2.5});
    grid.add(20, List.of("0.q", "1.q"), new double[] {1.7, 2.7});
    assertThat(grid.rows()).containsExactly("0.q", "1.q");
    assertThat(grid.value(1, 1)).isEqualTo(2.7);
    assertThat(grid.columnAt(19)).isZero();
    assertThat(grid.columnAt(5)).isEqualTo(-1);
  }

  @Test
  void forgetsColumnsAfterAStep() {
    var grid = new HeatGrid();
    grid.add(10, List.of("a"), new double[] {1});
    grid.add(20, List.of("a"), new double[] {2});
    grid.truncateAfter(15);
    assertThat(grid.columnCount()).isEqualTo(1);
  }

  @Test
  void runsFromDarkToBright() {
    assertThat(ColourMap.rgb(0)).isEqualTo(0x440154);
    assertThat(ColourMap.rgb(1)).isEqualTo(0xfde725);
    assertThat(ColourMap.rgb(-3)).isEqualTo(ColourMap.rgb(0));
    assertThat(ColourMap.rgb(0.5) >> 8 & 255).isBetween(0x7f, 0xa1);
  }

  @Test
  void countsTokensInBins() {
    Histogram bins = Histogram.of(List.of(1, 1, 9, 40, 79), 8);
    assertThat(bins.width()).isEqualTo(10);
    assertThat(bins.counts()).containsExactly(3, 0, 0, 0, 1, 0, 0, 1);
    assertThat(Histogram.of(List.of(), 8).most()).isZero();
  }
}
