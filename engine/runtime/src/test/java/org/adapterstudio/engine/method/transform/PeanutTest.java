package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeanutTest {
  @TempDir Path folder;

  @Test
  void theNetworkReadsTheWeightAndAnswersWithItsChange() {
    try (var pico = AdaptedPico.of(folder, "peanut", 4).shaken(0.3)) {
      Matrix h = Matrix.of(pico.array(WIDE, "peanut_A.weight")).times(pico.weight(WIDE));
      Matrix wanted = Matrix.of(pico.array(WIDE, "peanut_B.weight")).times(relu(h));
      assertThat(pico.change(WIDE).minus(wanted).largest()).isLessThan(1e-5);
    }
  }

  @Test
  void aLevelOfDepthGoesInAndBackWithAWayAround() {
    try (var pico = AdaptedPico.of(folder, "peanut", 4, "depth=1", "scaling=2").shaken(0.3)) {
      Matrix h = relu(Matrix.of(pico.array(WIDE, "peanut_A.weight")).times(pico.weight(WIDE)));
      Matrix in = relu(Matrix.of(pico.array(WIDE, "peanut_encoders.0.weight")).times(h));
      Matrix back = relu(Matrix.of(pico.array(WIDE, "peanut_decoders.0.weight")).times(in)).plus(h);
      Matrix wanted = Matrix.of(pico.array(WIDE, "peanut_B.weight")).times(back).scaled(2);
      assertThat(pico.change(WIDE).minus(wanted).largest()).isLessThan(1e-5);
      assertThat(pico.trained(WIDE)).isEqualTo(2 * 4 * 32 + 2 * 16);
    }
  }

  private static Matrix relu(Matrix of) {
    var values = of.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(values[i], 0);
    }
    return new Matrix(of.rows(), of.columns(), values);
  }

  @Test
  void itIsExactlyALoraOfItsRank() {
    try (var pico = AdaptedPico.of(folder, "peanut", 4, "depth=2", "act_fn=gelu").shaken(0.3)) {
      assertThat(pico.change(SQUARE).rank(1e-5)).isLessThanOrEqualTo(4);
      assertThat(pico.plain(SQUARE).minus(pico.change(SQUARE)).largest()).isLessThan(1e-6);
    }
  }
}
