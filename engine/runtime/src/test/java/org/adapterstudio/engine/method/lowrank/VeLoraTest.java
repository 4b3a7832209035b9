package org.adapterstudio.engine.method.lowrank;

import static org.adapterstudio.engine.method.AdaptedPico.SQUARE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import org.adapterstudio.engine.kernel.Autograd;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.method.AdaptedModel;
import org.adapterstudio.engine.method.AdaptedPico;
import org.adapterstudio.engine.model.pass.Draw;
import org.adapterstudio.engine.model.pass.Pass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VeLoraTest {
  @TempDir Path folder;

  @Test
  void groupsOfOneFeatureLearnAsLoraDoes() {
    float[] whole = gradient("num_groups=32", true);
    float[] coarse = gradient("num_groups=4", true);
    float[] lora = gradient("num_groups=4", false);
    assertThat(apart(whole, lora)).isLessThan(1e-4);
    assertThat(apart(coarse, lora)).isGreaterThan(1e-2);
  }

  private static double apart(float[] one, float[] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }

  /** The gradient of A for the sum of a layer's outputs, while it trains or not. */
  private float[] gradient(String groups, boolean trains) {
    try (var pico = AdaptedPico.of(folder, "velora", 4, groups).shaken(0.3);
        Scope scope = Kernels.get().training()) {
      AdaptedModel model = pico.model();
      Pass pass =
          trains
              ? Pass.training(scope, model.weights(), new Draw(1, 1, 1), false)
              : Pass.still(scope, model.weights());
      var site =
          model.network().linears().stream()
              .filter(linear -> linear.module().equals(SQUARE))
              .findFirst()
              .orElseThrow();
      float[] rows = new float[5 * 32];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = (float) Math.sin(i);
      }
      NDArray y = pass.linear(site, scope.floats(rows, 1, 5, 32));
      NDArray weights = scope.floats(rows, 1, 5, 32);
      pass.backward(scope.call("mul", y, weights).sum());
      return Autograd.gradient(scope, pico.array(SQUARE, "lora_A.weight")).toFloatArray();
    }
  }
}
