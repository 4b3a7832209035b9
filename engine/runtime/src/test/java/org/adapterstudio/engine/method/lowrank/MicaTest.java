package org.adapterstudio.engine.method.lowrank;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicaTest {
  @TempDir Path folder;

  @Test
  void itLearnsInTheDirectionsInWhichTheWeightDoesLeast() {
    try (var pico = AdaptedPico.of(folder, "mica", 4).shaken(0.2)) {
      Matrix b =
          Matrix.of(pico.model().attached().layers().get(FLAT).kept().get("lora_B.weight").array());
      Matrix square = b.transposed().times(b);
      assertThat(square.minus(Matrix.identity(4)).largest()).isLessThan(1e-5);
      Matrix outside = pico.change(FLAT).minus(b.times(b.transposed()).times(pico.change(FLAT)));
      assertThat(outside.largest()).isLessThan(1e-5);
      // The weight seen from there is smaller than from any other frame: its rank loses nothing
      // else.
      Matrix rest = pico.weight(FLAT).minus(b.times(b.transposed()).times(pico.weight(FLAT)));
      assertThat(rest.rank(1e-5)).isEqualTo(12);
    }
  }

  @Test
  void itTrainsOneFactor() {
    try (var pico = AdaptedPico.of(folder, "mica", 4)) {
      assertThat(pico.trained(FLAT)).isEqualTo(4 * 32);
    }
  }
}
