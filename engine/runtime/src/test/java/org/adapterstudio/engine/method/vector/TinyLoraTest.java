package org.adapterstudio.engine.method.vector;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyLoraTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "tinylora", 2).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void oneVectorMayServeAllLayers() {
    try (var pico = AdaptedPico.of(folder, "tinylora", 2, "weight_tying=1", "u=3")) {
      assertThat(pico.model().trainable()).containsOnlyKeys("base_model.tinylora_v.0");
      assertThat(pico.model().attached().trainableCount()).isEqualTo(3);
    }
  }

  @Test
  void theChangeStaysWithinTheLargestSingularDirections() {
    try (var pico = AdaptedPico.of(folder, "tinylora", 2).shaken(0.2)) {
      assertThat(pico.change(FLAT).rank(1e-5)).isEqualTo(2);
      assertThat(pico.plain(FLAT).minus(pico.change(FLAT)).largest()).isLessThan(1e-6);
    }
  }
}
