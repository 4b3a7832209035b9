package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OsfTest {
  @TempDir Path folder;

  @Test
  void theStrongestDirectionsStayWhateverIsTrained() {
    try (var pico = AdaptedPico.of(folder, "osf", 4, "effective_rank=6").shaken(0.05)) {
      Matrix zero = pico.merged(SQUARE);
      pico.set(SQUARE, "osf_svd_params.S_low", _ -> 0.0);
      Matrix high = pico.merged(SQUARE);
      assertThat(high.rank(1e-4)).isEqualTo(6);
      assertThat(zero.minus(high).rank(1e-4)).isEqualTo(26);
    }
  }

  @Test
  void gradientsLoseTheirPartInsideTheDirectionsThatStay() {
    try (var pico = AdaptedPico.of(folder, "osf", 4, "effective_rank=6");
        Scope scope = Kernels.get().unrecorded()) {
      var gradients = new LinkedHashMap<String, NDArray>();
      pico.model()
          .trainable()
          .forEach(
              (name, array) -> gradients.put(name, scope.call("scale", array, scope.scalar(0))));
      gradients.replaceAll(
          (_, zeros) -> scope.call("add", zeros, scope.floats(new float[] {1}, 1)));
      pico.model().attached().schedule().orElseThrow().gradients(scope, 1, gradients);
      pico.set(SQUARE, "osf_svd_params.S_low", _ -> 0.0);
      Matrix high = pico.merged(SQUARE);
      String name = "base_model.model." + SQUARE + ".osf_svd_params.";
      Matrix u = Matrix.of(gradients.get(name + "U_low"));
      Matrix v = Matrix.of(gradients.get(name + "V_low"));
      assertThat(high.transposed().times(u).largest()).isLessThan(1e-5);
      assertThat(v.times(high.transposed()).largest()).isLessThan(1e-5);
      assertThat(u.largest()).isGreaterThan(0.1);
    }
  }

  @Test
  void aShareBelowOneIsAShareOfAllDirections() {
    try (var pico = AdaptedPico.of(folder, "osf", 4)) {
      assertThat(pico.trained(SQUARE)).isEqualTo(16 * (32 + 32 + 1));
      assertThat(pico.trained(FLAT)).isEqualTo(8 * (32 + 16 + 1));
      assertThat(pico.change(SQUARE).largest()).isLessThan(1e-6);
      assertThat(pico.plain(SQUARE).minus(pico.change(SQUARE)).largest()).isLessThan(1e-6);
    }
    assertThatThrownBy(() -> AdaptedPico.of(folder, "osf", 4, "effective_rank=32"))
        .hasMessageContaining("would stay");
  }
}
