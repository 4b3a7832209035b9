package org.adapterstudio.engine.method.lowrank;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LokrTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "lokr", 2).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void sizesAreFactoredAsPeftDoes() {
    assertThat(Lokr.factored(128, 4)).containsExactly(4, 32);
    assertThat(Lokr.factored(128, -1)).containsExactly(8, 16);
    assertThat(Lokr.factored(127, 4)).containsExactly(1, 127);
    assertThat(Lokr.factored(250, 4)).containsExactly(2, 125);
    assertThat(Lokr.factored(360, -1)).containsExactly(18, 20);
  }

  @Test
  void ranksMultiply() {
    try (var pico = AdaptedPico.of(folder, "lokr", 1, "decompose_both=true").shaken(0.2)) {
      assertThat(pico.change(SQUARE).rank(1e-5)).isEqualTo(1);
      assertThat(pico.trained(SQUARE)).isEqualTo((4 + 4) + (8 + 8));
    }
    try (var pico = AdaptedPico.of(folder, "lokr", 2).shaken(0.2)) {
      assertThat(pico.change(SQUARE).rank(1e-5)).isEqualTo(4 * 2);
    }
  }
}
