package org.adapterstudio.engine.method.vector;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ia3Test {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "ia3", 4).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void everyRowIsScaledByItsNumber() {
    try (var pico = AdaptedPico.of(folder, "ia3", 4)) {
      pico.set(FLAT, "ia3_l", i -> i / 10.0);
      Matrix weight = pico.weight(FLAT);
      Matrix merged = pico.merged(FLAT);
      for (int row = 0; row < 16; row++) {
        assertThat(merged.at(row, 7)).isCloseTo(row / 10.0 * weight.at(row, 7), within(1e-6));
      }
      assertThat(pico.trained(FLAT)).isEqualTo(16);
    }
  }
}
