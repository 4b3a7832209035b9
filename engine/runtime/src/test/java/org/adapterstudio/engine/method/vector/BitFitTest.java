package org.adapterstudio.engine.method.vector;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitFitTest {
  @TempDir Path folder;

  @Test
  void aLayerWithoutABiasGetsOneAndKeepsItsWeight() {
    try (var pico = AdaptedPico.of(folder, "bitfit", 4)) {
      pico.set(FLAT, "bitfit_bias", i -> (double) i);
      Matrix moved = pico.output(FLAT, Matrix.identity(32)).minus(pico.weight(FLAT).transposed());
      for (int out = 0; out < 16; out++) {
        assertThat(moved.at(9, out)).isCloseTo(out, within(1e-5));
      }
      assertThat(pico.trained(FLAT)).isEqualTo(16);
    }
  }

  @Test
  void whatHasNoBiasTakesNoMerge() {
    try (var pico = AdaptedPico.of(folder, "bitfit", 4)) {
      assertThatThrownBy(() -> pico.mergedLogits(folder.resolve("merged")))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("which has none to merge it into");
    }
  }
}
