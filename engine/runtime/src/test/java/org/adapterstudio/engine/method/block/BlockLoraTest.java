package org.adapterstudio.engine.method.block;

import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockLoraTest {
  @TempDir Path folder;

  @Test
  void alongTheRankAllArmsMoveAsOne() {
    try (var pico = AdaptedPico.of(folder, "block_lora", 4, "arms=2").shaken(0.3)) {
      assertThat(pico.change(WIDE).rank(1e-5)).isEqualTo(2);
      float[] b = pico.array(WIDE, "block_lora_B.weight").toFloatArray();
      var sum = new double[64];
      for (int i = 0; i < 128; i++) {
        sum[i % 64] += b[i];
      }
      Matrix a = Matrix.of(pico.array(WIDE, "block_lora_A.weight"));
      Matrix wanted = new Matrix(32, 2, sum).times(a).scaled(2);
      assertThat(pico.change(WIDE).minus(wanted).largest()).isLessThan(1e-5);
    }
  }

  @Test
  void alongTheInputsTheDownProjectionIsRepeated() {
    try (var pico =
        AdaptedPico.of(folder, "block_lora", 4, "arms=4", "shared_along=inputs").shaken(0.3)) {
      Matrix change = pico.change(WIDE);
      assertThat(change.rank(1e-5)).isEqualTo(4);
      for (int row = 0; row < 32; row++) {
        for (int column = 12; column < 48; column++) {
          assertThat(change.at(row, column)).isCloseTo(change.at(row, column - 12), within(1e-7));
        }
      }
    }
  }

  @Test
  void bothReadingsTrainTheSameAndOneArmIsALora() {
    for (String along : new String[] {"rank", "inputs"}) {
      try (var two = AdaptedPico.of(folder, "block_lora", 4, "arms=2", "shared_along=" + along);
          var one = AdaptedPico.of(folder, "block_lora", 4, "arms=1", "shared_along=" + along)) {
        assertThat(two.trained(WIDE)).isEqualTo(4 * 48 / 2 + 4 * 32);
        assertThat(one.trained(WIDE)).isEqualTo(4 * (48 + 32));
      }
    }
  }

  @Test
  void armsMustDivide() {
    assertThatThrownBy(() -> AdaptedPico.of(folder, "block_lora", 4, "arms=3"))
        .hasMessageContaining("arms: 3 does not divide the 4 ranks");
  }
}
