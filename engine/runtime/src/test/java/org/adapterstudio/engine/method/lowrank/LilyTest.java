package org.adapterstudio.engine.method.lowrank;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LilyTest {
  @TempDir Path folder;

  @Test
  void layersOfAKindShareTheirExpertsAndTheFileHoldsThemOnce() {
    try (var pico = AdaptedPico.of(folder, "lily", 4)) {
      var layers = pico.model().attached().layers();
      NDArray own = layers.get(SQUARE).tensors().get("lily_B.weight");
      String next = SQUARE.replace("layers.0", "layers.1");
      assertThat(layers.get(next).kept().get("lily_B.weight").array()).isSameAs(own);
      assertThat(
              pico.model().written().keySet().stream()
                  .filter(name -> name.contains("q_proj.lily_B")))
          .hasSize(1);
    }
  }

  @Test
  void aRouterWithoutPreferenceTakesTheMeanOfTheExperts() {
    try (var pico = AdaptedPico.of(folder, "lily", 4).shaken(0.2)) {
      pico.set(SQUARE, "lily_router.weight", _ -> 0.0);
      Matrix a = Matrix.of(pico.array(SQUARE, "lily_A.weight"));
      Matrix b = Matrix.of(pico.array(SQUARE, "lily_B.weight"));
      double[] mean = new double[4 * 32];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (b.values()[i] + b.values()[mean.length + i]) / 2;
      }
      Matrix change = a.transposed().times(new Matrix(4, 32, mean));
      Matrix wanted = pico.weight(SQUARE).transposed().plus(change);
      assertThat(pico.output(SQUARE, Matrix.identity(32)).minus(wanted).largest()).isLessThan(1e-5);
    }
  }
}
