package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OftTest {
  private static final String Q = "oft_R.weight";

  @TempDir Path folder;

  private AdaptedPico pico(String... knobs) {
    return AdaptedPico.of(folder, "oft", 4, knobs);
  }

  @Test
  void exactRotationsKeepTheLengthsOfNeuronsAndTheAnglesBetweenThem() {
    try (var pico = pico("oft_block_size=8", "use_cayley_neumann=false").shaken(0.5)) {
      Matrix before = pico.weight(SQUARE).times(pico.weight(SQUARE).transposed());
      Matrix after = pico.merged(SQUARE).times(pico.merged(SQUARE).transposed());
      assertThat(after.minus(before).largest()).isLessThan(1e-5);
      assertThat(pico.change(SQUARE).largest()).isGreaterThan(0.05);
    }
  }

  @Test
  void theSeriesTurnsTheOtherWayThanTheInverse() {
    try (var series = pico("oft_block_size=8").shaken(0.01);
        var exact = pico("oft_block_size=8", "use_cayley_neumann=false")) {
      float[] q = series.array(SQUARE, Q).toFloatArray();
      exact.set(SQUARE, Q, i -> (double) -q[i]);
      assertThat(series.merged(SQUARE).minus(exact.merged(SQUARE)).largest()).isLessThan(1e-6);
      exact.set(SQUARE, Q, i -> (double) q[i]);
      assertThat(series.merged(SQUARE).minus(exact.merged(SQUARE)).largest()).isGreaterThan(1e-3);
    }
  }

  @Test
  void theErrorOfTheSeriesFallsWithTheFourthPowerOfTheRotation() {
    double ratio = seriesError(0.2) / seriesError(0.1);
    assertThat(ratio).isBetween(12.0, 20.0);
  }

  private double seriesError(double size) {
    try (var series = pico("oft_block_size=8");
        var exact = pico("oft_block_size=8", "use_cayley_neumann=false")) {
      series.set(SQUARE, Q, i -> size * Math.sin(i + 1));
      exact.set(SQUARE, Q, i -> -size * Math.sin(i + 1));
      return series.merged(SQUARE).minus(exact.merged(SQUARE)).largest();
    }
  }

  @Test
  void aBlockSizeThatDoesNotDivideMovesToTheNearestThatDoes() {
    try (var pico = pico()) {
      assertThat(pico.array(WIDE, Q).getShape().getShape()).containsExactly(2, 24 * 23 / 2);
      assertThat(pico.array(SQUARE, Q).getShape().getShape()).containsExactly(1, 32 * 31 / 2);
    }
    assertThatThrownBy(() -> pico("blocks=4")).hasMessageContaining("oft_block_size is 32");
  }

  @Test
  void oneBlockServesAllWhereItIsShared() {
    try (var pico = pico("oft_block_size=8", "block_share=true").shaken(0.3)) {
      assertThat(pico.trained(WIDE)).isEqualTo(28);
      assertThat(pico.change(WIDE).largest()).isPositive();
    }
  }

  @Test
  void constrainedBlocksStayInsideTheirRadiusAfterEachStep() {
    try (var pico = pico("oft_block_size=8", "coft=true", "eps=0.2").shaken(0.5);
        Scope scope = Kernels.get().inference()) {
      var schedule = pico.model().attached().schedule().orElseThrow();
      Matrix before = pico.merged(SQUARE);
      schedule.updated(scope, 1, Map.of());
      Matrix blocks = Matrix.of(pico.array(SQUARE, Q));
      for (int block = 0; block < blocks.rows(); block++) {
        double squares = 0;
        for (int i = 0; i < blocks.columns(); i++) {
          squares += 2 * blocks.at(block, i) * blocks.at(block, i);
        }
        assertThat(Math.sqrt(squares)).isLessThanOrEqualTo(0.2 / Math.sqrt(4) + 1e-6);
      }
      assertThat(pico.merged(SQUARE).minus(before).largest()).isLessThan(1e-6);
    }
  }
}
