package org.adapterstudio.engine.method.vector;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VeraTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "vera", 8).shaken(0.5)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void itTrainsTwoVectorsWhateverTheInputs() {
    try (var pico = AdaptedPico.of(folder, "vera", 8).shaken(0.5)) {
      assertThat(pico.trained(SQUARE)).isEqualTo(8 + 32);
      assertThat(pico.trained(WIDE)).isEqualTo(8 + 32);
      assertThat(pico.change(WIDE).rank(1e-5)).isEqualTo(8);
      assertThat(pico.plain(WIDE).minus(pico.change(WIDE)).largest()).isLessThan(1e-6);
    }
  }

  @Test
  void theRankMayExceedALayer() {
    try (var pico = AdaptedPico.of(folder, "vera", 64)) {
      assertThat(pico.trained(FLAT)).isEqualTo(64 + 16);
    }
  }

  @Test
  void aFileWithoutTheProjectionNeedsItsKeyAlone() {
    try (var pico = AdaptedPico.of(folder, "vera", 8, "save_projection=false")) {
      assertThat(pico.model().stored().keySet()).noneMatch(name -> name.contains("vera_A"));
    }
  }
}
