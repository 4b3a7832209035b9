package org.adapterstudio.engine.method.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Random;
import org.adapterstudio.engine.Matrix;
import org.adapterstudio.engine.kernel.Kernels;
import org.adapterstudio.engine.kernel.Scope;
import org.junit.jupiter.api.Test;

class ComponentsTest {
  private static final int IN = 6;

  /** With as many components as inputs nothing is cut away between batches. */
  @Test
  void batchesOfAStreamHaveTheComponentsOfAllRowsTogether() {
    float[] numbers = numbers(40);
    try (Scope scope = Kernels.get().unrecorded()) {
      var whole = new Components(scope, IN);
      whole.add(scope.floats(numbers, 40, IN));
      var stream = new Components(scope, IN);
      for (int batch = 0; batch < 5; batch++) {
        stream.add(part(scope, numbers, 8 * batch, 8));
      }
      compare(scope, whole, stream);
    }
  }

  @Test
  void tooFewRowsWaitForMore() {
    float[] numbers = numbers(12);
    try (Scope scope = Kernels.get().unrecorded()) {
      var whole = new Components(scope, IN);
      whole.add(scope.floats(numbers, 12, IN));
      var drops = new Components(scope, IN);
      for (int row = 0; row < 12; row++) {
        assertThat(drops.known()).isEqualTo(row >= IN);
        drops.add(part(scope, numbers, row, 1));
      }
      compare(scope, whole, drops);
    }
  }

  private static void compare(Scope scope, Components wanted, Components got) {
    for (int i = 0; i < IN; i++) {
      assertThat(got.explained()[i]).isCloseTo(wanted.explained()[i], within(1e-6));
    }
    Matrix a = Matrix.of(wanted.start(scope, IN, false));
    Matrix b = Matrix.of(got.start(scope, IN, false));
    assertThat(a.minus(b).largest()).isLessThan(1e-4);
  }

  private static NDArray part(Scope scope, float[] numbers, int from, int rows) {
    return scope.floats(
        java.util.Arrays.copyOfRange(numbers, from * IN, (from + rows) * IN), rows, IN);
  }

  /** Columns of very different spread, so that components are well apart. */
  private static float[] numbers(int rows) {
    var random = new Random(5);
    float[] numbers = new float[rows * IN];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (random.nextGaussian() * Math.pow(2, i % IN) + i % IN);
    }
    return numbers;
  }
}
