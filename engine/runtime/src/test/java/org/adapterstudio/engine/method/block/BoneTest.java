package org.adapterstudio.engine.method.block;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoneTest {
  @TempDir Path folder;

  @Test
  void eachBlockIsMixedWithItselfAndShifted() {
    try (var pico = AdaptedPico.of(folder, "bone", 8).shaken(0.2)) {
      Matrix w = pico.weight(WIDE);
      Matrix change = pico.change(WIDE);
      float[] d = pico.array(WIDE, "miss_block").toFloatArray();
      for (int out = 0; out < 32; out++) {
        for (int in = 0; in < 48; in++) {
          int block = out / 8 * 64;
          double wanted = d[block + out % 8 * 8 + in % 8];
          for (int k = 0; k < 8; k++) {
            wanted += w.at(out, in / 8 * 8 + k) * d[block + k * 8 + in % 8];
          }
          assertThat(change.at(out, in)).isCloseTo(wanted, within(1e-6));
        }
      }
    }
  }

  @Test
  void itsChangeMayHaveAnyRank() {
    try (var pico = AdaptedPico.of(folder, "bone", 4).shaken(0.2)) {
      assertThat(pico.change(SQUARE).rank(1e-6)).isGreaterThan(16);
      assertThat(pico.trained(SQUARE)).isEqualTo(4 * 32);
    }
  }

  @Test
  void blocksMustFillTheWeight() {
    assertThatThrownBy(() -> AdaptedPico.of(folder, "bone", 5))
        .hasMessageContaining("blocks do not fill");
  }
}
