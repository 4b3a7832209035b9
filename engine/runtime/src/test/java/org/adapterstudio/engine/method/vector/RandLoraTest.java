package org.adapterstudio.engine.method.vector;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandLoraTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "randlora", 4).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void theUpdateHasFullRankAndALargerRankTrainsLess() {
    try (var pico = AdaptedPico.of(folder, "randlora", 4).shaken(0.2)) {
      assertThat(pico.change(FLAT).rank(1e-5)).isEqualTo(16);
      assertThat(pico.trained(FLAT)).isEqualTo(4 * (4 + 16));
      assertThat(pico.plain(FLAT).minus(pico.change(FLAT)).largest()).isLessThan(1e-5);
    }
    try (var pico = AdaptedPico.of(folder, "randlora", 16)) {
      assertThat(pico.trained(FLAT)).isEqualTo(16 + 16);
    }
  }

  @Test
  void sparseBasesAreSignsAndZeros() {
    try (var pico = AdaptedPico.of(folder, "randlora", 4, "sparse=true")) {
      float[] base = pico.model().stored().get("base_model.randlora_B").array().toFloatArray();
      var kinds = new HashMap<Float, Integer>();
      for (float entry : base) {
        kinds.merge(Math.abs(entry), 1, Integer::sum);
      }
      assertThat(kinds).hasSize(2).containsKey(0f);
      assertThat(kinds.get(0f)).isBetween(base.length / 2, base.length * 5 / 6);
    }
  }
}
