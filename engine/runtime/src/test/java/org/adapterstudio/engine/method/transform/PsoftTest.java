package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PsoftTest {
  @TempDir Path folder;

  @Test
  void whatIsOutsideThePrincipalDirectionsStays() {
    try (var pico = AdaptedPico.of(folder, "psoft", 4).shaken(0.3)) {
      assertThat(pico.change(WIDE).rank(1e-4)).isEqualTo(4);
      assertThat(pico.plain(WIDE).minus(pico.change(WIDE)).largest()).isLessThan(1e-6);
    }
  }

  @Test
  void aPureRotationKeepsTheLengthOfWhatComesOut() {
    try (var pico = AdaptedPico.of(folder, "psoft", 4, "psoft_mag_a=false", "psoft_mag_b=false")) {
      pico.set(SQUARE, "psoft_R.weight", i -> Math.sin(i + 1));
      Matrix before = pico.weight(SQUARE).times(pico.weight(SQUARE).transposed());
      Matrix after = pico.merged(SQUARE).times(pico.merged(SQUARE).transposed());
      assertThat(after.minus(before).largest()).isLessThan(1e-5);
      assertThat(pico.change(SQUARE).largest()).isGreaterThan(0.01);
      assertThat(pico.trained(SQUARE)).isEqualTo(6);
    }
  }

  @Test
  void scalesOfTwoDoubleThePrincipalPart() {
    try (var pico = AdaptedPico.of(folder, "psoft", 4, "psoft_mag_b=false")) {
      pico.set(SQUARE, "psoft_R.vector_a", _ -> 2.0);
      Matrix top = pico.change(SQUARE);
      assertThat(top.rank(1e-4)).isEqualTo(4);
      assertThat(pico.weight(SQUARE).minus(top).rank(1e-4)).isEqualTo(28);
    }
  }

  @Test
  void aFreeMatrixAndTheSeriesStartAsTheBaseToo() {
    try (var free = AdaptedPico.of(folder, "psoft", 4, "psoft_orth=false");
        var series = AdaptedPico.of(folder, "psoft", 4, "use_cayley_neumann=true");
        var shared = AdaptedPico.of(folder, "psoft", 4, "ab_svd_init=pissa_init")) {
      assertThat(free.change(SQUARE).largest()).isLessThan(1e-6);
      assertThat(series.change(SQUARE).largest()).isLessThan(1e-6);
      assertThat(shared.change(SQUARE).largest()).isLessThan(1e-6);
      assertThat(free.trained(SQUARE)).isEqualTo(16 + 8);
    }
  }
}
