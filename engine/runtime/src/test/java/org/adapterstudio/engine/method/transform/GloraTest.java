package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GloraTest {
  @TempDir Path folder;

  @Test
  void theWeightIsRescaledAndShifted() {
    try (var pico = AdaptedPico.of(folder, "glora", 2).shaken(0.3)) {
      Matrix a = thin(pico, "glora_A");
      Matrix b = thin(pico, "glora_B");
      Matrix w = pico.weight(WIDE);
      Matrix change = pico.change(WIDE);
      for (int i = 0; i < change.values().length; i++) {
        double wanted = w.values()[i] * a.values()[i] + b.values()[i];
        assertThat(change.values()[i]).isCloseTo(wanted, within(1e-6));
      }
      assertThat(pico.trained(WIDE)).isEqualTo(2 * 2 * (48 + 32));
    }
  }

  private static Matrix thin(AdaptedPico pico, String path) {
    Matrix left = Matrix.of(pico.array(WIDE, path + ".Xd"));
    return left.times(Matrix.of(pico.array(WIDE, path + ".Xu")));
  }

  @Test
  void theBiasChangesWithTheWeightAndIsMergedWithIt() {
    for (String form : new String[] {"lora", "vector"}) {
      String[] knobs = {"config_c=" + form, "config_d_e=vector"};
      try (var pico = AdaptedPico.on(Golden.folder("models/gpt2"), "glora", 4, knobs).shaken(0.1)) {
        double apart =
            Compare.maxDifference(pico.logits(), pico.mergedLogits(folder.resolve(form)));
        assertThat(apart).isLessThan(1e-4);
        assertThat(Compare.maxDifference(pico.logits(), pico.baseLogits())).isGreaterThan(1e-2);
      }
    }
  }

  @Test
  void termsMayBeColumnsOrSingleNumbersOrNothing() {
    try (var vector = AdaptedPico.of(folder, "glora", 2, "config_a_b=vector");
        var constant = AdaptedPico.of(folder, "glora", 2, "config_a_b=constant")) {
      assertThat(vector.trained(WIDE)).isEqualTo(2 * 32);
      assertThat(constant.trained(WIDE)).isEqualTo(2);
      constant.set(WIDE, "glora_A.X", _ -> 0.5);
      Matrix half = constant.weight(WIDE).scaled(0.5);
      assertThat(constant.change(WIDE).minus(half).largest()).isLessThan(1e-7);
    }
  }
}
