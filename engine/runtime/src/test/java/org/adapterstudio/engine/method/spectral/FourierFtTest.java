package org.adapterstudio.engine.method.spectral;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.adapterstudio.engine.model.pass.Linear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FourierFtTest {
  @TempDir Path folder;

  @Test
  void theSeedDrawsThePlacesThatPyTorchDraws() {
    String q = "aux.model.layers.0.self_attn.q_proj.indices.default";
    String v = "aux.model.layers.1.self_attn.v_proj.indices.default";
    DrawnPlaces.agree("fourierft/expected.safetensors", q, 777, 32, 32);
    DrawnPlaces.agree("fourierft/expected.safetensors", v, 777, 32, 16);
  }

  @Test
  void oneNumberIsOneWaveOverTheWholeWeight() {
    try (var pico = AdaptedPico.of(folder, "fourierft", 4, "n_frequency=1", "scaling=1024")) {
      pico.set(SQUARE, "fourierft_spectrum", _ -> 2.0);
      long place = Places.drawn(777, Linear.of("layer", 32, 32, false, 0), 1)[0];
      Matrix change = pico.change(SQUARE);
      for (int row = 0; row < 32; row++) {
        for (int column = 0; column < 32; column++) {
          double phase = 2 * Math.PI * (row * (place / 32) + column * (place % 32)) / 32;
          assertThat(change.at(row, column)).isCloseTo(2 * Math.cos(phase), within(1e-4));
        }
      }
    }
  }

  @Test
  void itTrainsNoMoreNumbersThanTheWeightHas() {
    try (var pico = AdaptedPico.of(folder, "fourierft", 4)) {
      assertThat(pico.trained(SQUARE)).isEqualTo(1000);
      assertThat(pico.trained(FLAT)).isEqualTo(32 * 16);
    }
  }

  @Test
  void theChangeGrowsWithTheScale() {
    try (var one = AdaptedPico.of(folder, "fourierft", 4, "scaling=150").shaken(1);
        var two = AdaptedPico.of(folder, "fourierft", 4, "scaling=300").shaken(1)) {
      Matrix twice = one.change(SQUARE).scaled(2);
      assertThat(two.change(SQUARE).minus(twice).largest()).isLessThan(1e-4);
    }
  }
}
