package org.adapterstudio.engine.method.lowrank;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SvFitTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "svfit", 4).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void allValuesDoubledDoubleTheWeight() {
    try (var pico = AdaptedPico.of(folder, "svfit", 16)) {
      assertThat(pico.change(FLAT).largest()).isZero();
      float[] values = pico.array(FLAT, "svfit_sigma").toFloatArray();
      pico.set(FLAT, "svfit_sigma", i -> 2.0 * values[i]);
      assertThat(pico.change(FLAT).minus(pico.weight(FLAT)).largest()).isLessThan(1e-5);
      assertThat(pico.trained(FLAT)).isEqualTo(16);
    }
  }

  @Test
  void seenInSingularDirectionsTheChangeIsDiagonal() {
    try (var pico = AdaptedPico.of(folder, "svfit", 4).shaken(0.3)) {
      var kept = pico.model().attached().layers().get(FLAT).kept();
      Matrix u = Matrix.of(kept.get("svfit_U").array());
      Matrix v = Matrix.of(kept.get("svfit_V").array());
      Matrix inside = u.transposed().times(pico.change(FLAT)).times(v.transposed());
      for (int i = 0; i < 16; i++) {
        if (i / 4 != i % 4) {
          assertThat(inside.at(i / 4, i % 4)).isCloseTo(0, within(1e-5));
        }
      }
      assertThat(inside.largest()).isPositive();
    }
  }
}
