package org.adapterstudio.engine.method.vector;

import static org.adapterstudio.engine.method.AdaptedPico.FLAT;
import static org.adapterstudio.engine.method.AdaptedPico.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.method.Matrix;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.Pass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PveraTest {
  @TempDir Path folder;

  @Test
  void theForwardIsThatOfTheMergedWeight() {
    try (var pico = AdaptedPico.of(folder, "pvera", 8).shaken(0.5)) {
      Matrix wanted = pico.merged(WIDE).transposed();
      assertThat(pico.output(WIDE, Matrix.identity(48)).minus(wanted).largest()).isLessThan(1e-4);
    }
  }

  @Test
  void trainingDrawsAndEachStepDrawsAnew() {
    try (var pico = AdaptedPico.of(folder, "pvera", 8).shaken(0.5)) {
      float[] first = trained(pico, 1);
      assertThat(trained(pico, 1)).containsExactly(first);
      assertThat(trained(pico, 2)).isNotEqualTo(first);
      assertThat(pico.trained(FLAT)).isEqualTo(2 * 8 + 16);
    }
  }

  private static float[] trained(AdaptedPico pico, long step) {
    AdaptedModel model = pico.model();
    try (Scope scope = Kernels.get().training()) {
      Pass pass = Pass.training(scope, model.weights(), new Draw(1, step, 1), false);
      var site = model.network().linears().getFirst();
      float[] row = new float[32];
      for (int i = 0; i < 32; i++) {
        row[i] = (float) Math.sin(i);
      }
      return pass.linear(site, scope.floats(row, 1, 32)).toFloatArray();
    }
  }
}
