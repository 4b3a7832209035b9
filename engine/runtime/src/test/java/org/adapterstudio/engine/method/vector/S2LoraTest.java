package org.adapterstudio.engine.method.vector;

import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S2LoraTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "s2_lora", 4).shaken(0.5)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void aLargerPullLeavesFewerDirections() {
    assertThat(left("sparsity=0")).isEqualTo(4 * 14);
    assertThat(left("sparsity=0.4")).isBetween(1L, 4 * 14 - 1L);
    assertThat(left("sparsity=0.9")).isLessThan(left("sparsity=0.4"));
  }

  /** Weights that are not zero after one pull. */
  private long left(String sparsity) {
    try (var pico = AdaptedPico.of(folder, "s2_lora", 4, sparsity).shaken(0.5);
        Scope scope = Kernels.get().inference()) {
      pico.model().attached().schedule().orElseThrow().updated(scope, 1, Map.of());
      long left = 0;
      for (var layer : pico.model().attached().layers().values()) {
        for (float weight : layer.tensors().get("s2lora_e").toFloatArray()) {
          left += weight == 0 ? 0 : 1;
        }
      }
      return left;
    }
  }

  @Test
  void layersOfASizeShareOnePair() {
    try (var pico = AdaptedPico.of(folder, "s2_lora", 4)) {
      // q and o, k and v, gate and up, down: four sizes; fourteen layers.
      long pairs = 4 * (64 + 48 + 80 + 80);
      assertThat(pico.model().attached().trainableCount()).isEqualTo(pairs + 14 * 4);
    }
  }
}
