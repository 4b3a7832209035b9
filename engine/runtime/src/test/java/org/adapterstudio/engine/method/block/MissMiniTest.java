package org.adapterstudio.engine.method.block;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissMiniTest {
  @TempDir Path folder;

  @Test
  void theBlockIsRepeatedAlongInputsAndOutputs() {
    try (var pico = AdaptedPico.of(folder, "miss_mini", 4, "mini_r=8").shaken(0.2)) {
      Matrix change = pico.change(WIDE);
      Matrix d = Matrix.of(pico.array(WIDE, "miss_block"));
      for (int out = 0; out < 32; out++) {
        for (int in = 0; in < 48; in++) {
          assertThat(change.at(out, in)).isCloseTo(d.at(in % 4, out % 8), within(1e-9));
        }
      }
      assertThat(pico.trained(WIDE)).isEqualTo(4 * 8);
    }
  }

  @Test
  void aBlockAsWideAsTheOutputsIsMiss() {
    try (var mini = AdaptedPico.of(folder, "miss_mini", 4, "mini_r=16").shaken(0.2);
        var miss = AdaptedPico.of(folder, "miss", 4)) {
      float[] d = mini.array(FLAT, "miss_block").toFloatArray();
      miss.set(FLAT, "miss_block", i -> (double) d[i]);
      assertThat(miss.change(FLAT).minus(mini.change(FLAT)).largest()).isZero();
    }
  }

  @Test
  void aWidthThatDoesNotDivideTheOutputsIsRefused() {
    assertThatThrownBy(() -> AdaptedPico.of(folder, "miss_mini", 4, "mini_r=5"))
        .hasMessageContaining("mini_r: 5 does not divide the 32 outputs");
  }
}
