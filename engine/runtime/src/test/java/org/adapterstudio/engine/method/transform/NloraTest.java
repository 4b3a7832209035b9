package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NloraTest {
  @TempDir Path folder;

  @Test
  void theExactStartApproximatesTheFirstRowsAndColumnsExactly() {
    try (var pico = AdaptedPico.of(folder, "nlora", 4)) {
      Matrix b = Matrix.of(pico.array(WIDE, "lora_B.weight"));
      Matrix n = Matrix.of(pico.array(WIDE, "lora_N.weight"));
      Matrix a = Matrix.of(pico.array(WIDE, "lora_A.weight"));
      Matrix nystrom = b.times(n).times(a);
      Matrix w = pico.weight(WIDE);
      for (int i = 0; i < 4; i++) {
        for (int column = 0; column < 48; column++) {
          assertThat(nystrom.at(i, column)).isCloseTo(w.at(i, column), within(1e-4));
        }
        for (int row = 0; row < 32; row++) {
          assertThat(nystrom.at(row, i)).isCloseTo(w.at(row, i), within(1e-4));
        }
      }
    }
  }

  @Test
  void asReleasedTheStartIsNotTheBasesAndTheExactOneIs() {
    try (var exact = AdaptedPico.of(folder, "nlora", 4);
        var released = AdaptedPico.of(folder, "nlora", 4, "start=as_released")) {
      assertThat(exact.change(SQUARE).largest()).isLessThan(1e-4);
      Matrix w = released.weight(SQUARE);
      double wanted = 0;
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          wanted += 2 * w.at(0, i) * w.at(i, j) * w.at(j, 0);
        }
      }
      assertThat(released.change(SQUARE).at(0, 0)).isCloseTo(wanted, within(1e-7));
      assertThat(wanted).isNotZero();
    }
  }

  @Test
  void itIsALoraOfTwiceItsRankOnTheBase() {
    try (var pico = AdaptedPico.of(folder, "nlora", 4).shaken(0.1)) {
      assertThat(pico.change(WIDE).rank(1e-5)).isLessThanOrEqualTo(8);
      assertThat(pico.plain(WIDE).minus(pico.change(WIDE)).largest()).isLessThan(1e-4);
      assertThat(pico.trained(WIDE)).isEqualTo(4 * (48 + 32) + 16);
    }
  }
}
