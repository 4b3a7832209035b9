package org.adapterstudio.engine.method.vector;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrodTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "frod", 4).shaken(0.05)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void theWeightIsThatOfTheBaseAtTheStart() {
    try (var pico = AdaptedPico.of(folder, "frod", 4)) {
      assertThat(pico.change(WIDE).largest()).isLessThan(1e-5);
      assertThat(pico.trained(WIDE)).isEqualTo(48 + (int) (48 * 48 * 0.01));
    }
  }

  @Test
  void scalesDoubledDoubleTheWeight() {
    try (var pico = AdaptedPico.of(folder, "frod", 4)) {
      float[] scales = pico.array(FLAT, "frod_lambda_l").toFloatArray();
      pico.set(FLAT, "frod_lambda_l", i -> 2.0 * scales[i]);
      assertThat(pico.change(FLAT).minus(pico.weight(FLAT)).largest()).isLessThan(1e-5);
    }
  }
}
