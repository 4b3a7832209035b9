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

class LolduTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "loldu", 4).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void theWholeDiagonalMovesTheWholeWeight() {
    try (var pico = AdaptedPico.of(folder, "loldu", 16)) {
      assertThat(pico.change(FLAT).largest()).isZero();
      float[] diagonal = pico.array(FLAT, "loldu_z").toFloatArray();
      pico.set(FLAT, "loldu_z", i -> 1.5 * diagonal[i]); // the scale is 2
      assertThat(pico.change(FLAT).minus(pico.weight(FLAT)).largest()).isLessThan(1e-5);
      assertThat(pico.trained(FLAT)).isEqualTo(16);
    }
  }

  @Test
  void itIsAPlainLoraOfItsRank() {
    try (var pico = AdaptedPico.of(folder, "loldu", 4).shaken(0.2)) {
      assertThat(pico.plain(SQUARE).minus(pico.change(SQUARE)).largest()).isLessThan(1e-6);
      assertThat(pico.change(SQUARE).rank(1e-5)).isEqualTo(4);
    }
  }
}
