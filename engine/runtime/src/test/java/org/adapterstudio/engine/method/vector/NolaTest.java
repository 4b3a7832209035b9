package org.adapterstudio.engine.method.vector;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NolaTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "nola", 4).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void itTrainsTwoNumbersAMatrixWhateverTheSize() {
    try (var pico = AdaptedPico.of(folder, "nola", 4, "num_basis=9")) {
      assertThat(pico.trained(FLAT)).isEqualTo(18);
      assertThat(pico.trained(WIDE)).isEqualTo(18);
    }
  }

  @Test
  void theSameSeedMakesTheSameMatrices() {
    Matrix one = change("basis_seed=4");
    assertThat(change("basis_seed=4").minus(one).largest()).isZero();
    assertThat(change("basis_seed=5").minus(one).largest()).isPositive();
  }

  private Matrix change(String seed) {
    try (var pico = AdaptedPico.of(folder, "nola", 4, seed).shaken(0.2)) {
      return pico.change(SQUARE);
    }
  }
}
