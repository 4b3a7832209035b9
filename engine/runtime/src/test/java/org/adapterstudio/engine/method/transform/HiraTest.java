package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiraTest {
  @TempDir Path folder;

  @Test
  void aThinProductChangesTheWeightAtMoreThanItsRank() {
    try (var pico = AdaptedPico.of(folder, "hira", 2).shaken(0.5)) {
      assertThat(pico.change(SQUARE).rank(1e-5)).isGreaterThan(8);
      assertThat(pico.trained(SQUARE)).isEqualTo(2 * (32 + 32));
    }
  }

  @Test
  void theChangeIsTheWeightTimesTheProductEntryByEntry() {
    try (var pico = AdaptedPico.of(folder, "hira", 2).shaken(0.5)) {
      Matrix product =
          Matrix.of(pico.array(WIDE, "hira_B")).times(Matrix.of(pico.array(WIDE, "hira_A")));
      Matrix w = pico.weight(WIDE);
      Matrix change = pico.change(WIDE);
      for (int i = 0; i < change.values().length; i++) {
        assertThat(change.values()[i]).isCloseTo(w.values()[i] * product.values()[i], within(1e-6));
      }
    }
  }
}
