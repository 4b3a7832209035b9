package org.adapterstudio.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {
  @Test
  void everyFragmentCompilesAndAProductIsRight() {
    try (Scope scope = Kernels.get().inference()) {
      NDArray a = scope.floats(new float[] {1, 2, 3, 4}, 2, 2);
      NDArray b = scope.floats(new float[] {1, 0, 0, 2}, 2, 2);
      assertThat(scope.call("linear", a, b).toFloatArray()).containsExactly(1, 4, 3, 8);
    }
  }

  @Test
  void gradientsFlowAndTheFirstCallEqualsTheFifth() {
    float[] first = null;
    for (int call = 0; call < 5; call++) {
      try (Scope scope = Kernels.get().training()) {
        NDArray x = scope.floats(new float[] {1, -2, 3, 0.5f}, 1, 4);
        NDArray w = scope.floats(new float[] {1, 2, 0.25f, 4}, 4);
        Autograd.require(w, true);
        NDArray y = scope.call("rms_norm", x, w, scope.scalar(1e-5));
        NDArray loss = scope.call("cross_entropy_sum", y, scope.longs(new long[] {2}, 1));
        Autograd.backward(scope, loss);
        float[] gradient = Autograd.gradient(scope, w).toFloatArray();
        first = first == null ? gradient : first;
        assertThat(gradient).containsExactly(first);
      }
    }
    assertThat(first[2]).isNotZero();
  }

  @Test
  void spectrumOfALowRankProductEqualsTheDenseOne() {
    try (Scope scope = Kernels.get().inference()) {
      Autograd.seed(1);
      NDArray a = scope.manager().randomNormal(new ai.djl.ndarray.types.Shape(3, 7));
      NDArray b = scope.manager().randomNormal(new ai.djl.ndarray.types.Shape(5, 3));
      NDArray s = scope.scalar(0.5);
      float[] thin = scope.call("low_rank_spectrum", a, b, s).toFloatArray();
      float[] dense =
          scope.call("singular_values", scope.call("low_rank_product", a, b, s)).toFloatArray();
      for (int i = 0; i < 3; i++) {
        assertThat(thin[i]).isCloseTo(dense[i], within(1e-5f));
      }
    }
  }

  @Test
  void adamwMovesByTheClosedFormAtItsFirstStep() {
    try (Scope scope = Kernels.get().inference();
        Scope owner = Kernels.get().training()) {
      NDArray p = owner.floats(new float[] {1f, -1f}, 2);
      NDArray g = owner.floats(new float[] {0.5f, 0.5f}, 2);
      NDArray m = owner.zeros(2);
      NDArray v = owner.zeros(2);
      scope.callLists(
          "adamw",
          List.of(List.of(p), List.of(g), List.of(m), List.of(v)),
          scope.doubles(0.1, 0.9, 0.999, 1e-8, 0.0, 1, 1.0));
      assertThat(p.toFloatArray()[0]).isCloseTo(0.9f, within(1e-6f));
      assertThat(p.toFloatArray()[1]).isCloseTo(-1.1f, within(1e-6f));
    }
  }
}
