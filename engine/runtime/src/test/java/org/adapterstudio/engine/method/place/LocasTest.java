package org.adapterstudio.engine.method.place;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapterstudio.engine.Compare;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.adapterstudio.engine.model.part.Activation;
import org.adapterstudio.engine.model.part.Block;
import org.adapterstudio.engine.model.part.Mlp;
import org.adapterstudio.engine.model.pass.Linear;
import org.adapterstudio.engine.model.pass.Pass;
import org.adapterstudio.engine.model.pass.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocasTest {
  private static final int RANK = 4;
  private static final int HIDDEN = 32;
  private static final int NEURONS = 48;

  @TempDir Path folder;

  private PicoAdapter pico() {
    return new PicoAdapter(folder, "locas", "\"all-linear\"", "{}");
  }

  @Test
  void startsAsTheBaseAndTrainsThreeMatricesForEachMlp() {
    try (var pico = pico()) {
      assertThat(PicoAdapter.logits(pico.model, 1, 7, 3))
          .containsExactly(PicoAdapter.logits(pico.plain, 1, 7, 3));
      assertThat(pico.model.attached().trainableCount()).isEqualTo(2L * 3 * HIDDEN * RANK);
    }
  }

  @Test
  void theMemoryStartsFromUnitRowsOfTheMlpsOwnNeurons() {
    try (var pico = pico()) {
      float[] rows = trained(pico, 0, "gate_proj.locas_gate").toFloatArray();
      for (int r = 0; r < RANK; r++) {
        double squares = 0;
        for (int i = 0; i < HIDDEN; i++) {
          squares += (double) rows[r * HIDDEN + i] * rows[r * HIDDEN + i];
        }
        assertThat(Math.sqrt(squares)).isBetween(1 - 1e-5, 1 + 1e-5);
      }
    }
  }

  @Test
  void aWidenedMlpIsTheMlpBesideItsMemory() {
    try (var pico = pico().moved();
        Scope scope = Kernels.get().inference()) {
      Block block = VirtualTokens.decoder(pico.base.network()).stack().blocks().getFirst();
      var mlp = (Mlp.Gated) block.mlp();
      NDArray x = scope.floats(numbers(3 * HIDDEN), 1, 3, HIDDEN);
      float[] beside = mlp.forward(Pass.still(scope, pico.model.weights()), x).toFloatArray();
      var wider = wider(mlp);
      Map<String, NDArray> widened = widened(pico, scope, mlp);
      Pass pass = Pass.still(scope, new Weights(pico.base, widened, Map.of()));
      assertThat(Compare.maxDifference(beside, wider.forward(pass, x).toFloatArray()))
          .isLessThan(1e-6);
    }
  }

  private static Mlp.Gated wider(Mlp.Gated mlp) {
    int wide = NEURONS + RANK;
    Activation activation = mlp.activation();
    return new Mlp.Gated(
        Linear.of(mlp.gate().module(), HIDDEN, wide, false, 0),
        Linear.of(mlp.up().module(), HIDDEN, wide, false, 0),
        Linear.of(mlp.down().module(), wide, HIDDEN, false, 0),
        activation);
  }

  /** Gate and up with the memory's rows below, down with its columns beside. */
  private static Map<String, NDArray> widened(PicoAdapter pico, Scope scope, Mlp.Gated mlp) {
    var widened = new HashMap<String, NDArray>();
    for (Linear site : List.of(mlp.gate(), mlp.up())) {
      String name = site == mlp.gate() ? "gate_proj.locas_gate" : "up_proj.locas_up";
      NDArray own = scope.call("at_most_one", trained(pico, 0, name));
      NDArray w = pico.base.parameter(site.weight());
      widened.put(site.weight(), scope.call("stacked_rows", w, own));
    }
    NDArray down = pico.base.parameter(mlp.down().weight());
    double tau = scope.call("mean_row_length", down).getFloat() / RANK;
    NDArray memory = scope.call("at_most_one", trained(pico, 0, "down_proj.locas_down"));
    NDArray scaled = scope.call("scale", memory, scope.scalar(tau));
    NDArray below = scope.call("stacked_rows", scope.call("transpose", down), scaled);
    widened.put(mlp.down().weight(), scope.call("transpose", below));
    return widened;
  }

  private static NDArray trained(PicoAdapter pico, int layer, String name) {
    String module = "base_model.model.model.layers." + layer + ".mlp.";
    return pico.model.trainable().get(module + name + ".weight");
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) Math.sin(i);
    }
    return numbers;
  }
}
