package org.adapterstudio.engine.method.spectral;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.adapterstudio.engine.model.pass.Linear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaveFtTest {
  @TempDir Path folder;

  @Test
  void theSeedDrawsThePlacesThatPyTorchDraws() {
    String q = "aux.model.layers.0.self_attn.q_proj.waveft_indices.default";
    String v = "aux.model.layers.1.self_attn.v_proj.waveft_indices.default";
    DrawnPlaces.agree("waveft/expected.safetensors", q, 777, 32, 32);
    DrawnPlaces.agree("waveft/expected.safetensors", v, 777, 32, 16);
  }

  @Test
  void haarKeepsTheSizeOfTheChange() {
    try (var pico = AdaptedPico.of(folder, "waveft", 4, "n_frequency=200", "scaling=1").shaken(1)) {
      double drawn = 0;
      for (float value : pico.array(SQUARE, "waveft_spectrum").toFloatArray()) {
        drawn += value * value;
      }
      assertThat(squares(pico.change(SQUARE))).isCloseTo(drawn, within(1e-3 * drawn));
    }
  }

  private static double squares(Matrix change) {
    double sum = 0;
    for (double value : change.values()) {
      sum += value * value;
    }
    return sum;
  }

  @Test
  void withoutTheTransformTheChangeIsTheNumbersThemselves() {
    try (var pico =
        AdaptedPico.of(folder, "waveft", 4, "n_frequency=50", "scaling=3", "use_idwt=false")) {
      pico.set(SQUARE, "waveft_spectrum", i -> i + 1.0);
      long[] places = Places.drawn(777, Linear.of("layer", 32, 32, false, 0), 50);
      Matrix change = pico.change(SQUARE);
      for (int i = 0; i < 50; i++) {
        assertThat(change.values()[(int) places[i]]).isCloseTo(3.0 * (i + 1), within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"haar", "db2", "db10", "sym5", "coif3"})
  void everyWaveletGivesAChangeOfTheWeightsOwnSize(String family) {
    try (var pico =
        AdaptedPico.of(folder, "waveft", 4, "n_frequency=200", "wavelet_family=" + family)
            .shaken(1)) {
      assertThat(pico.change(FLAT).rows()).isEqualTo(16);
      assertThat(pico.change(FLAT).columns()).isEqualTo(32);
      assertThat(pico.change(WIDE).largest()).isFinite().isPositive();
    }
  }

  @Test
  void filtersAreOrthogonalToTheirOwnShifts() {
    for (String family : new String[] {"haar", "db4", "db9", "sym8", "coif2"}) {
      float[] low = Wavelets.reconstruction(family);
      for (int shift = 0; shift < low.length; shift += 2) {
        double product = 0;
        for (int i = 0; i + shift < low.length; i++) {
          product += (double) low[i] * low[i + shift];
        }
        assertThat(product).as(family + " " + shift).isCloseTo(shift == 0 ? 1 : 0, within(1e-6));
      }
    }
  }

  @Test
  void sharesByLayerSizeKeepTheTotal() {
    try (var pico =
        AdaptedPico.of(folder, "waveft", 4, "n_frequency=100", "proportional_parameters=true")) {
      assertThat(pico.trained(FLAT)).isLessThan(pico.trained(WIDE));
      long layers = pico.model().attached().layers().size();
      long total = pico.model().attached().trainableCount();
      assertThat(total).isBetween(100 * layers - layers, 100 * layers + layers);
    }
  }
}
