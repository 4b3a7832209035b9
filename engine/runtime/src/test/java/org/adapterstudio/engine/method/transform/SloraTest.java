package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SloraTest {
  @TempDir Path folder;

  @Test
  void itIsALoraWithAMatrixBetweenItsFactors() {
    try (var pico = AdaptedPico.of(folder, "slora", 4).shaken(0.3)) {
      Matrix b = Matrix.of(pico.array(WIDE, "lora_B.weight"));
      Matrix n = Matrix.of(pico.array(WIDE, "lora_N.weight"));
      Matrix a = Matrix.of(pico.array(WIDE, "lora_A.weight"));
      Matrix wanted = b.times(n).times(a).scaled(2);
      assertThat(pico.change(WIDE).minus(wanted).largest()).isLessThan(1e-5);
      assertThat(pico.change(WIDE).rank(1e-5)).isEqualTo(4);
    }
  }

  @Test
  void itStartsAsTheBaseAndTrainsASquareMore() {
    try (var pico = AdaptedPico.of(folder, "slora", 4)) {
      assertThat(pico.change(WIDE).largest()).isZero();
      assertThat(pico.trained(WIDE)).isEqualTo(4 * (48 + 32) + 16);
    }
  }
}
