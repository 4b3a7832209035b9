package org.adapterstudio.engine.method.lowrank;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraXsTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "lora_xs", 4).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void theChangeStaysWithinTheLargestSingularDirections() {
    try (var pico = AdaptedPico.of(folder, "lora_xs", 4).shaken(0.2)) {
      var kept = pico.model().attached().layers().get(FLAT).kept();
      Matrix u = Matrix.of(kept.get("lora_B.weight").array());
      Matrix change = pico.change(FLAT);
      assertThat(u.transposed().times(u).minus(Matrix.identity(4)).largest()).isLessThan(1e-5);
      assertThat(u.times(u.transposed()).times(change).minus(change).largest()).isLessThan(1e-5);
      assertThat(pico.plain(FLAT).minus(change).largest()).isLessThan(1e-6);
      assertThat(pico.trained(FLAT)).isEqualTo(4 * 4);
    }
  }

  @Test
  void theStartIsCloseToTheBase() {
    try (var pico = AdaptedPico.of(folder, "lora_xs", 4)) {
      assertThat(pico.change(SQUARE).largest()).isPositive().isLessThan(1e-4);
    }
  }
}
