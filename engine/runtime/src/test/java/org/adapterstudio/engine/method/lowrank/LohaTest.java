package org.adapterstudio.engine.method.lowrank;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LohaTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "loha", 3).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void itsRankIsTheSquareAndItIsAPlainLoraOfThatRank() {
    try (var pico = AdaptedPico.of(folder, "loha", 3).shaken(0.2)) {
      Matrix change = pico.change(SQUARE);
      assertThat(change.rank(1e-5)).isEqualTo(9);
      assertThat(pico.plain(SQUARE).minus(change).largest()).isLessThan(1e-6);
      assertThat(pico.trained(SQUARE)).isEqualTo(2 * 3 * (32 + 32));
    }
  }
}
