package org.adapterstudio.engine.method.block;

import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffuseKronaTest {
  @TempDir Path folder;

  @Test
  void theChangeIsOneKroneckerProduct() {
    try (var pico = AdaptedPico.of(folder, "diffusekrona", 4, "a1=8", "a2=6").shaken(0.3)) {
      Matrix a = Matrix.of(pico.array(WIDE, "krona_A.weight"));
      Matrix b = Matrix.of(pico.array(WIDE, "krona_B.weight"));
      Matrix change = pico.change(WIDE);
      for (int row = 0; row < 32; row++) {
        for (int column = 0; column < 48; column++) {
          double wanted = a.at(row / 4, column / 8) * b.at(row % 4, column % 8);
          assertThat(change.at(row, column)).isCloseTo(wanted, within(1e-6));
        }
      }
      Matrix through = pico.output(WIDE, Matrix.identity(48));
      assertThat(through.minus(pico.merged(WIDE).transposed()).largest()).isLessThan(1e-5);
      assertThat(change.rank(1e-5)).isEqualTo(a.rank(1e-5) * b.rank(1e-5));
      assertThat(pico.trained(WIDE)).isEqualTo(8 * 6 + 4 * 8);
    }
  }

  @Test
  void theReleasedOrderPutsTheInnerRowFirst() {
    try (var plain = AdaptedPico.of(folder, "diffusekrona", 4, "a1=8", "a2=6").shaken(0.3);
        var released =
            AdaptedPico.of(folder, "diffusekrona", 4, "a1=8", "a2=6", "released_order=true")
                .shaken(0.3)) {
      Matrix ours = plain.change(WIDE);
      Matrix theirs = released.change(WIDE);
      for (int row = 0; row < 32; row++) {
        for (int column = 0; column < 48; column++) {
          double wanted = ours.at(row % 8 * 4 + row / 8, column);
          assertThat(theirs.at(row, column)).isCloseTo(wanted, within(1e-7));
        }
      }
      Matrix through = released.output(WIDE, Matrix.identity(48));
      assertThat(through.minus(released.merged(WIDE).transposed()).largest()).isLessThan(1e-5);
    }
  }
}
