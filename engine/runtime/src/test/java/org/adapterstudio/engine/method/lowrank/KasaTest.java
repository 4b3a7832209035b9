package org.adapterstudio.engine.method.lowrank;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KasaTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "kasa", 4).shaken(0.05)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void theSmallestComponentsAreDroppedAtTheStart() {
    try (var pico = AdaptedPico.of(folder, "kasa", 4)) {
      assertThat(pico.merged(FLAT).rank(1e-5)).isEqualTo(16 - 4);
      assertThat(pico.plain(FLAT).minus(pico.change(FLAT)).largest()).isLessThan(1e-6);
    }
  }

  @Test
  void thePenaltyKeepsValuesSmallAndFactorsOrthonormal() {
    try (var pico = AdaptedPico.of(folder, "kasa", 4, "gamma=0", "beta=2");
        Scope scope = Kernels.get().inference()) {
      double squares = 0;
      for (var layer : pico.model().attached().layers().values()) {
        for (float value : layer.tensors().get("lora_diag").toFloatArray()) {
          squares += value * value;
        }
      }
      var schedule = pico.model().attached().schedule().orElseThrow();
      assertThat((double) schedule.penalty(scope).orElseThrow().getFloat())
          .isCloseTo(2 * squares, within(1e-4 * squares));
    }
  }

  @Test
  void aRankThatLeavesNothingIsRefused() {
    assertThatThrownBy(() -> AdaptedPico.of(folder, "kasa", 16))
        .isInstanceOf(StudioException.class)
        .hasMessageContaining("would keep none");
  }
}
