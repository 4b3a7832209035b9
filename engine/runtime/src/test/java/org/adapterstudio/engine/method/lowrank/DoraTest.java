package org.adapterstudio.engine.method.lowrank;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoraTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "dora", 4).shaken(0.05)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void rowsOfTheMergedWeightHaveTheTrainedLengths() {
    try (var pico = AdaptedPico.of(folder, "dora", 4).shaken(0.05)) {
      Matrix merged = pico.merged(FLAT);
      float[] lengths = pico.array(FLAT, "lora_magnitude_vector").toFloatArray();
      for (int row = 0; row < merged.rows(); row++) {
        double squares = 0;
        for (int column = 0; column < merged.columns(); column++) {
          squares += merged.at(row, column) * merged.at(row, column);
        }
        assertThat(Math.sqrt(squares)).isCloseTo(Math.abs(lengths[row]), within(1e-5));
      }
    }
  }

  @Test
  void lengthsAloneScaleRows() {
    try (var pico = AdaptedPico.of(folder, "dora", 4)) {
      float[] lengths = pico.array(SQUARE, "lora_magnitude_vector").toFloatArray();
      pico.set(SQUARE, "lora_magnitude_vector", i -> 2.0 * lengths[i]);
      Matrix twice = pico.weight(SQUARE).scaled(2);
      assertThat(pico.merged(SQUARE).minus(twice).largest()).isLessThan(1e-6);
      assertThat(pico.trained(SQUARE)).isEqualTo(4 * (32 + 32) + 32);
    }
  }
}
