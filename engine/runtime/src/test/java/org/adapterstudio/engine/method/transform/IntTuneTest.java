package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntTuneTest {
  @TempDir Path folder;

  @Test
  void theMatrixInTheMiddleAloneIsTrained() {
    try (var pico = AdaptedPico.of(folder, "inttune", 4)) {
      assertThat(pico.trained(WIDE)).isEqualTo(16);
      Matrix before = pico.change(WIDE);
      pico.shaken(0.5);
      assertThat(pico.change(WIDE).minus(before).largest()).isPositive();
      assertThat(before.largest()).isLessThan(1e-4);
    }
  }

  @Test
  void theChangeStaysInTheSpanOfTheFirstRowsAndColumns() {
    try (var pico = AdaptedPico.of(folder, "inttune", 4).shaken(0.5)) {
      assertThat(pico.change(WIDE).rank(1e-4)).isEqualTo(4);
    }
  }
}
