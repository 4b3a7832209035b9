package org.adapterstudio.engine.method.lowrank;

import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QaLoraTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "qalora", 4).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void theUpdateIsConstantWithinAGroupOfInputs() {
    try (var pico = AdaptedPico.of(folder, "qalora", 4, "qalora_group_size=8").shaken(0.2)) {
      Matrix change = pico.change(WIDE);
      for (int column = 0; column < 48; column++) {
        assertThat(change.at(5, column)).isEqualTo(change.at(5, column / 8 * 8));
      }
      assertThat(pico.trained(WIDE)).isEqualTo(4 * (48 / 8 + 32));
    }
  }

  @Test
  void aGroupThatDoesNotDivideIsRefused() {
    assertThatThrownBy(() -> AdaptedPico.of(folder, "qalora", 4, "qalora_group_size=7"))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("does not divide");
  }
}
