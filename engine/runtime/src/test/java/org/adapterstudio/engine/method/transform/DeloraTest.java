package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeloraTest {
  @TempDir Path folder;

  @Test
  void lambdaBoundsHowFarALayerMoves() {
    try (var pico = AdaptedPico.of(folder, "delora", 4, "lambda=0.5").shaken(3)) {
      pico.set(SQUARE, "delora_lambda", _ -> 0.5);
      Matrix bare = pico.change(SQUARE);
      Matrix w = pico.weight(SQUARE);
      double squares = 0;
      for (int column = 0; column < 32; column++) {
        double norm = 0;
        double moved = 0;
        for (int row = 0; row < 32; row++) {
          norm += w.at(row, column) * w.at(row, column);
          moved += bare.at(row, column) * bare.at(row, column);
        }
        squares += moved / norm;
      }
      assertThat(Math.sqrt(squares)).isLessThanOrEqualTo(0.5 + 1e-5);
    }
  }

  @Test
  void onlyDirectionsCount() {
    try (var pico = AdaptedPico.of(folder, "delora", 4).shaken(0.5)) {
      Matrix before = pico.change(SQUARE);
      float[] a = pico.array(SQUARE, "delora_A").toFloatArray();
      float[] b = pico.array(SQUARE, "delora_B").toFloatArray();
      pico.set(SQUARE, "delora_A", i -> 7.0 * a[i]);
      pico.set(SQUARE, "delora_B", i -> 0.1 * b[i]);
      assertThat(pico.change(SQUARE).minus(before).largest()).isLessThan(1e-5);
    }
  }

  @Test
  void itIsALoraOfItsRankWithOneNumberMore() {
    try (var pico = AdaptedPico.of(folder, "delora", 4).shaken(0.5)) {
      assertThat(pico.change(WIDE).rank(1e-5)).isEqualTo(4);
      assertThat(pico.plain(WIDE).minus(pico.change(WIDE)).largest()).isLessThan(1e-6);
      assertThat(pico.trained(WIDE)).isEqualTo(4 * (48 + 32) + 1);
    }
  }
}
