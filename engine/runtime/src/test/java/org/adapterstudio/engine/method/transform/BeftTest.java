package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.contract.StudioException;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeftTest {
  @TempDir Path folder;

  @Test
  void theVectorIsAddedToTheOutputAndTheWeightStays() {
    try (var pico = AdaptedPico.of(folder, "beft", 4).shaken(0.5)) {
      float[] e = pico.array(FLAT, "beft_bias").toFloatArray();
      Matrix zero = new Matrix(1, 32, new double[32]);
      Matrix output = pico.output(FLAT, zero);
      for (int i = 0; i < 16; i++) {
        assertThat(output.at(0, i)).isCloseTo(e[i], within(1e-7));
      }
      assertThat(pico.change(FLAT).largest()).isZero();
      assertThat(pico.trained(FLAT)).isEqualTo(16);
    }
  }

  @Test
  void itMergesWhereLayersHaveABias() {
    try (var pico = AdaptedPico.on(Golden.folder("models/gpt2"), "beft", 4).shaken(0.5)) {
      double apart = Compare.maxDifference(pico.logits(), pico.mergedLogits(folder));
      assertThat(apart).isLessThan(1e-4);
    }
  }

  @Test
  void aModelWithoutBiasesCannotTakeIt() {
    try (var pico = AdaptedPico.of(folder, "beft", 4)) {
      assertThatThrownBy(() -> pico.mergedLogits(folder.resolve("merged")))
          .isInstanceOf(StudioException.class)
          .hasMessageContaining("bias");
    }
  }
}
