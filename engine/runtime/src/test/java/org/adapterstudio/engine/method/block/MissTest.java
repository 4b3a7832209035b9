package org.adapterstudio.engine.method.block;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissTest {
  @TempDir Path folder;

  @Test
  void theOutputIsThatOfALoraWhoseRowsSayWhoSharesAPlace() {
    try (var pico = AdaptedPico.of(folder, "miss", 5).shaken(0.2)) {
      Matrix change = pico.change(WIDE);
      Matrix d = Matrix.of(pico.array(WIDE, "miss_block"));
      for (int out = 0; out < 32; out++) {
        for (int in = 0; in < 48; in++) {
          assertThat(change.at(out, in)).isCloseTo(d.at(in % 5, out), within(1e-9));
        }
      }
      assertThat(pico.plain(WIDE).minus(change).largest()).isZero();
      Matrix x = Matrix.identity(48);
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, x).minus(wanted).largest()).isLessThan(1e-6);
    }
  }

  @Test
  void itTrainsHalfOfWhatALoraWould() {
    try (var pico = AdaptedPico.of(folder, "miss", 4)) {
      assertThat(pico.trained(SQUARE)).isEqualTo(4 * 32);
      assertThat(pico.trained(FLAT)).isEqualTo(4 * 16);
    }
  }
}
