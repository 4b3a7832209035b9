package org.adapterstudio.engine.method.lowrank;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraLoraTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "gralora", 4).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void everyBlockHasItsShareOfTheRank() {
    try (var pico = AdaptedPico.of(folder, "gralora", 4, "gralora_k=2").shaken(0.2)) {
      Matrix change = pico.change(SQUARE);
      assertThat(change.rank(1e-5)).isEqualTo(8);
      double[] block = new double[16 * 16];
      for (int i = 0; i < block.length; i++) {
        block[i] = change.at(16 + i / 16, i % 16);
      }
      assertThat(new Matrix(16, 16, block).rank(1e-5)).isEqualTo(2);
      assertThat(pico.trained(SQUARE)).isEqualTo(4 * (32 + 32));
    }
  }

  @Test
  void aPlainPartMayStandBeside() {
    try (var pico = AdaptedPico.of(folder, "gralora", 4, "hybrid_r=3").shaken(0.2)) {
      assertThat(pico.change(SQUARE).rank(1e-5)).isEqualTo(8 + 3);
      assertThat(pico.plain(SQUARE).minus(pico.change(SQUARE)).largest()).isLessThan(1e-6);
      Matrix wanted = pico.merged(SQUARE).transposed();
      assertThat(pico.output(SQUARE, Matrix.identity(32)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }
}
