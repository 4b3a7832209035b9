package org.adapterstudio.engine.method.vector;

import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UniLoraTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "unilora", 4).shaken(0.2)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void everyNumberIsUsedEquallyOftenAndLengthsAreKept() {
    try (var pico = AdaptedPico.of(folder, "unilora", 4).shaken(0.5)) {
      var uses = new int[256];
      double squares = 0;
      float[] theta = pico.model().trainable().get("base_model.unilora_theta_d").toFloatArray();
      for (var layer : pico.model().attached().layers().values()) {
        for (String factor : List.of("A", "B")) {
          float[] places = layer.kept().get("unilora_indices_" + factor).array().toFloatArray();
          float[] scales = layer.kept().get("unilora_scales_" + factor).array().toFloatArray();
          for (int i = 0; i < places.length; i++) {
            uses[(int) places[i]]++;
            squares += Math.pow(theta[(int) places[i]] * scales[i], 2);
          }
        }
      }
      double wanted = 0;
      for (float number : theta) {
        wanted += number * number;
      }
      assertThat(squares).isCloseTo(wanted, within(1e-4 * wanted));
      int most = Arrays.stream(uses).max().orElseThrow();
      int least = Arrays.stream(uses).min().orElseThrow();
      assertThat(most - least).isLessThanOrEqualTo(1);
      assertThat(pico.model().attached().trainableCount()).isEqualTo(256);
    }
  }
}
