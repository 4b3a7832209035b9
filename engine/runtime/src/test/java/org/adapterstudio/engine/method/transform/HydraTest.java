package org.adapterstudio.engine.method.transform;

import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.Golden;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HydraTest {
  @TempDir Path folder;

  @Test
  void mergedEqualsUnmergedWithAndWithoutBiases() {
    for (String biases : new String[] {"true", "false"}) {
      try (var pico =
          AdaptedPico.on(Golden.folder("models/gpt2"), "hydra", 4, "biases=" + biases)
              .shaken(0.05)) {
        double apart =
            Compare.maxDifference(pico.logits(), pico.mergedLogits(folder.resolve(biases)));
        assertThat(apart).isLessThan(1e-4);
        assertThat(Compare.maxDifference(pico.logits(), pico.baseLogits())).isGreaterThan(1e-2);
      }
    }
  }

  @Test
  void withoutTheBranchBehindItIsALora() {
    try (var pico = AdaptedPico.of(folder, "hydra", 4).shaken(0.3)) {
      pico.set(WIDE, "hydra_sequential_B.weight", _ -> 0.0);
      Matrix b = Matrix.of(pico.array(WIDE, "hydra_parallel_B.weight"));
      Matrix wanted = b.times(Matrix.of(pico.array(WIDE, "hydra_parallel_A.weight")));
      assertThat(pico.change(WIDE).minus(wanted).largest()).isLessThan(1e-5);
    }
  }

  @Test
  void withoutTheBranchBesideItsChangeReadsTheWeight() {
    try (var pico = AdaptedPico.of(folder, "hydra", 4, "sequential_rank=3").shaken(0.3)) {
      pico.set(WIDE, "hydra_parallel_B.weight", _ -> 0.0);
      Matrix b = Matrix.of(pico.array(WIDE, "hydra_sequential_B.weight"));
      Matrix a = Matrix.of(pico.array(WIDE, "hydra_sequential_A.weight"));
      Matrix wanted = b.times(a).times(pico.weight(WIDE));
      assertThat(pico.change(WIDE).minus(wanted).largest()).isLessThan(1e-5);
      assertThat(pico.change(WIDE).rank(1e-5)).isEqualTo(3);
    }
  }

  @Test
  void itIsALoraOfBothRanksWhereThereIsNoBias() {
    try (var pico = AdaptedPico.of(folder, "hydra", 4, "sequential_rank=2").shaken(0.3)) {
      assertThat(pico.plain(WIDE).minus(pico.change(WIDE)).largest()).isLessThan(1e-5);
      assertThat(pico.change(WIDE).rank(1e-5)).isEqualTo(6);
      assertThat(pico.trained(WIDE)).isEqualTo(4 * (48 + 32) + 2 * 2 * 32);
    }
  }
}
